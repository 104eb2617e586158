// Only what we call. `types.test.ts` checks that every member exists on the installed class.
declare module "hyperdht" {
  import type { Duplex } from "node:stream";
  import type NoiseSecretStream from "@hyperswarm/secret-stream";

  namespace HyperDHT {
    interface Address {
      readonly host: string;
      readonly port: number;
    }
    /** One Noise handshake; both ends mix the same bytes in, or it fails. */
    interface Handshake {
      readonly handshake: { mixHash(data: Buffer): void };
    }
    type CreateHandshake = (
      keyPair: NoiseSecretStream.KeyPair,
      remotePublicKey: Buffer | null,
    ) => Handshake;
    interface ConnectOptions {
      keyPair?: NoiseSecretStream.KeyPair;
      /** Nodes that pass the handshake on. */
      relayAddresses?: readonly Address[];
      /** The key of a helper to go through from the start. */
      relayThrough?: Buffer | null;
      createHandshake?: CreateHandshake;
    }
    interface ServerOptions {
      firewall?: (remotePublicKey: Buffer) => boolean;
      relayThrough?: () => Buffer | null;
      createHandshake?: CreateHandshake;
    }
    interface Server {
      /** How a handshake is begun when no option says otherwise. */
      readonly createHandshake: CreateHandshake;
      listen(keyPair: NoiseSecretStream.KeyPair): Promise<void>;
      /** Ends what is under way. */
      suspend(): Promise<void>;
      close(): Promise<void>;
      // Not promised by the library; see `answering.ts`.
      _onpeerhandshake: OnCall;
      _onpeerholepunch: OnCall;
    }
    type OnCall = (message: object, request: object) => Promise<unknown>;
    interface Node extends Address {
      readonly id: Buffer | null;
    }
    interface Request {
      token?: Buffer | null;
      command: number;
      target: Buffer;
      value?: Buffer | null;
    }
    interface Reply {
      /** Zero when the node did what it was asked to. */
      readonly error: number;
      readonly from: Node;
      /** Where the node sees us. */
      readonly to: Address;
      readonly token: Buffer | null;
      readonly value: Buffer | null;
      readonly closerNodes: readonly Address[] | null;
    }
    interface Peer {
      readonly publicKey: Buffer;
      readonly relayAddresses: readonly Address[];
    }
    interface Lookup extends AsyncIterable<{
      readonly peers: readonly Peer[];
    }> {
      /** From the nodes nearest to the target, once it is through. */
      readonly closestReplies: readonly Reply[];
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
      /** Milliseconds between two ways tried through a router that takes another port for each far end. */
      randomPunchInterval?: number;
    }
  }

  class HyperDHT {
    constructor(opts?: HyperDHT.Options);
    static keyPair(seed?: Buffer): NoiseSecretStream.KeyPair;
    static hash(data: Buffer): Buffer;
    fullyBootstrapped(): Promise<void>;
    createServer(
      onStream: (stream: NoiseSecretStream) => void,
    ): HyperDHT.Server;
    createServer(
      opts: HyperDHT.ServerOptions,
      onStream: (stream: NoiseSecretStream) => void,
    ): HyperDHT.Server;
    createRawStream(opts: object): Duplex;
    connect(
      publicKey: Buffer,
      opts?: HyperDHT.ConnectOptions,
    ): NoiseSecretStream;
    /** Null for a node that only asks. */
    readonly id: Buffer | null;
    /** The nodes that the network is entered by. */
    readonly bootstrapNodes: readonly HyperDHT.Address[];
    ping(node: HyperDHT.Address): Promise<HyperDHT.Reply>;
    /** Rejects when no answer comes. */
    request(
      request: HyperDHT.Request,
      to: HyperDHT.Address,
    ): Promise<HyperDHT.Reply>;
    /** A node that is silent is asked so many times more; five when left out. */
    lookup(target: Buffer, opts?: { retries?: number }): HyperDHT.Lookup;
    /** Nodes that are known to answer. */
    toArray(): readonly HyperDHT.Address[];
    /** Where others can call in at once; null where they cannot. */
    remoteAddress(): HyperDHT.Address | null;
    readonly online: boolean;
    on(event: "network-change" | "network-update", listener: () => void): this;
    // Not promised by the library; see `answering.ts`.
    _randomPunchLimit: number;
    readonly _router: {
      set(target: Buffer, state: object): void;
      delete(target: Buffer): void;
    };
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
