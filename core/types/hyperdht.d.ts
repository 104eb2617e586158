// Only what we call. `types.test.ts` checks that every member exists on the installed class.
declare module "hyperdht" {
  import type { Duplex } from "node:stream";
  import type NoiseSecretStream from "@hyperswarm/secret-stream";

  namespace HyperDHT {
    interface Address {
      readonly host: string;
      readonly port: number;
    }
    interface ConnectOptions {
      keyPair?: NoiseSecretStream.KeyPair;
    }
    interface Server {
      listen(keyPair: NoiseSecretStream.KeyPair): Promise<void>;
      close(): Promise<void>;
    }
    interface MutableRecord {
      readonly seq: number;
      readonly value: Buffer;
    }
    interface Options {
      /** Left out: the library's public nodes. Empty: none at all. `false` also means the public ones: never pass it. */
      bootstrap?: readonly Address[];
      host?: string;
      port?: number;
      keyPair?: NoiseSecretStream.KeyPair;
    }
  }

  class HyperDHT {
    constructor(opts?: HyperDHT.Options);
    static keyPair(seed?: Buffer): NoiseSecretStream.KeyPair;
    fullyBootstrapped(): Promise<void>;
    createServer(
      onStream: (stream: NoiseSecretStream) => void,
    ): HyperDHT.Server;
    createServer(
      opts: { firewall: (remotePublicKey: Buffer) => boolean },
      onStream: (stream: NoiseSecretStream) => void,
    ): HyperDHT.Server;
    createRawStream(opts: object): Duplex;
    connect(
      publicKey: Buffer,
      opts?: HyperDHT.ConnectOptions,
    ): NoiseSecretStream;
    /** The nodes that the network is entered by. */
    readonly bootstrapNodes: readonly HyperDHT.Address[];
    ping(node: HyperDHT.Address): Promise<unknown>;
    /** The newest record under a key, its signature checked. */
    mutableGet(publicKey: Buffer): Promise<HyperDHT.MutableRecord | null>;
    /** Rejects where nobody took it. */
    mutablePut(
      keyPair: NoiseSecretStream.KeyPair,
      value: Buffer,
      opts: { seq: number },
    ): Promise<unknown>;
    /** Whether nobody can call in before being called. */
    readonly firewalled: boolean;
    /** Whether no two far ends see the same port of ours. */
    readonly randomized: boolean;
    destroy(opts?: { force?: boolean }): Promise<void>;
  }
  export = HyperDHT;
}

declare module "@hyperswarm/testnet" {
  import type HyperDHT from "hyperdht";

  interface Testnet {
    readonly nodes: readonly HyperDHT[];
    readonly bootstrap: readonly HyperDHT.Address[];
    destroy(): Promise<void>;
  }
  function createTestnet(
    size: number,
    opts?: { host?: string },
  ): Promise<Testnet>;
  export = createTestnet;
}
