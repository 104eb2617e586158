// Only what we call. `types.test.ts` checks that every member exists on the installed class.
declare module "hypercore" {
  import type { EventEmitter } from "node:events";

  namespace Hypercore {
    interface KeyPair {
      publicKey: Buffer;
      secretKey: Buffer;
    }
    /** Only handed on. */
    interface Storage {
      close(): Promise<void>;
    }
    interface Manifest {
      version: number;
      signers: { publicKey: Buffer }[];
    }
    interface Peer {
      remotePublicKey: Buffer;
      remoteLength: number;
      remoteFork: number;
      remoteContiguousLength: number;
      stream: { remotePublicKey: Buffer };
    }
    interface Download {
      done(): Promise<unknown>;
      destroy(): void;
    }
    interface GetOptions {
      wait?: boolean;
      timeout?: number;
      raw?: boolean;
    }
  }

  class Hypercore extends EventEmitter {
    static key(manifest: Hypercore.Manifest): Buffer;
    static discoveryKey(key: Buffer): Buffer;
    static defaultStorage(
      path: string,
      opts?: { writeBufferSize?: number },
    ): Hypercore.Storage;
    readonly key: Buffer;
    readonly discoveryKey: Buffer;
    readonly length: number;
    readonly byteLength: number;
    readonly contiguousLength: number;
    readonly fork: number;
    readonly opened: boolean;
    readonly closed: boolean;
    readonly peers: Hypercore.Peer[];
    readonly state: { storage: { db: { flush(): Promise<void> } } };
    ready(): Promise<void>;
    close(): Promise<void>;
    append(
      blocks: Buffer | Buffer[],
      opts?: { keyPair?: Hypercore.KeyPair },
    ): Promise<{ length: number; byteLength: number }>;
    /** For tests: what a cheating author does. */
    truncate(
      newLength: number,
      opts?: { keyPair?: Hypercore.KeyPair },
    ): Promise<void>;
    get(index: number, opts?: Hypercore.GetOptions): Promise<Buffer | null>;
    has(start: number, end?: number): Promise<boolean>;
    update(opts?: { wait?: boolean; force?: boolean }): Promise<boolean>;
    download(range?: {
      start?: number;
      end?: number;
      blocks?: number[];
    }): Hypercore.Download;
    /** Gives the room of cleared blocks back to the disk. */
    compact(): Promise<void>;
    clear(start: number, end?: number): Promise<null>;
    treeHash(length?: number): Promise<Buffer>;
    replicate(stream: unknown, opts?: object): unknown;
    on(event: "append" | "close" | "ready", listener: () => void): this;
    on(
      event: "truncate",
      listener: (length: number, fork: number) => void,
    ): this;
    on(
      event: "conflict",
      listener: (length: number, fork: number, proof: unknown) => void,
    ): this;
    on(
      event: "peer-add" | "peer-remove",
      listener: (peer: Hypercore.Peer) => void,
    ): this;
    on(
      event: "upload" | "download",
      listener: (index: number, bytes: number, peer: Hypercore.Peer) => void,
    ): this;
    on(event: "verification-error", listener: (error: Error) => void): this;
  }
  export = Hypercore;
}
