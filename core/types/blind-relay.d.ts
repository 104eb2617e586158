// Only what we call. `types.test.ts` checks that every member exists in the installed module.
declare module "blind-relay" {
  import type { EventEmitter } from "node:events";
  import type { Duplex } from "node:stream";
  import type NoiseSecretStream from "@hyperswarm/secret-stream";

  interface Session extends EventEmitter {
    destroy(error?: Error): void;
  }
  interface Server {
    accept(stream: NoiseSecretStream, opts: { id: Buffer }): Session;
    close(): Promise<void>;
  }
  const relay: {
    Server: new (opts: { createStream(opts: object): Duplex }) => Server;
  };
  export = relay;
}
