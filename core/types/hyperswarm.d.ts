// Only what we call. `types.test.ts` checks that every member exists on the installed class.
declare module "hyperswarm" {
  import type { EventEmitter } from "node:events";
  import type NoiseSecretStream from "@hyperswarm/secret-stream";
  import type HyperDHT from "hyperdht";

  namespace Hyperswarm {
    /** One topic joined. */
    interface Discovery {
      /** Resolves when the first lookup and announcement are through, or have failed. */
      flushed(): Promise<boolean>;
      refresh(): Promise<boolean>;
    }
    interface Options {
      keyPair?: NoiseSecretStream.KeyPair;
      dht?: HyperDHT;
      maxPeers?: number;
      /** Attempts to connect that are under way at one time; three when left out. */
      maxParallel?: number;
      /** The key of a helper to go through, or null: `force` once a direct line has failed. */
      relayThrough?: (force: boolean, swarm: Hyperswarm) => Buffer | null;
    }
  }

  class Hyperswarm extends EventEmitter {
    constructor(opts?: Hyperswarm.Options);
    readonly dht: HyperDHT;
    join(
      topic: Buffer,
      opts?: { server?: boolean; client?: boolean },
    ): Hyperswarm.Discovery;
    leave(topic: Buffer): Promise<void>;
    destroy(opts?: { force?: boolean }): Promise<void>;
    on(
      event: "connection",
      listener: (stream: NoiseSecretStream) => void,
    ): this;
  }
  export = Hyperswarm;
}
