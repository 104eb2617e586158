// Only what we call. `types.test.ts` checks that every member exists on the installed class.
declare module "@hyperswarm/secret-stream" {
  import type { Duplex } from "node:stream";

  namespace NoiseSecretStream {
    interface KeyPair {
      publicKey: Buffer;
      secretKey: Buffer;
    }
  }

  class NoiseSecretStream extends Duplex {
    constructor(
      isInitiator: boolean,
      rawStream?: unknown,
      opts?: { keyPair?: NoiseSecretStream.KeyPair },
    );
    static keyPair(seed?: Buffer): NoiseSecretStream.KeyPair;
    readonly isInitiator: boolean;
    readonly publicKey: Buffer;
    readonly remotePublicKey: Buffer;
    readonly handshakeHash: Buffer;
    readonly rawBytesRead: number;
    readonly rawStream: Duplex;
    readonly opened: Promise<boolean>;
    /** True from the call of `destroy` on; `destroyed` only once it is through. */
    readonly destroying: boolean;
    setKeepAlive(ms: number): void;
    setTimeout(ms: number): void;
    userData: unknown;
  }
  export = NoiseSecretStream;
}
