// Only what we call. `types.test.ts` checks that every member exists on the installed class.
declare module "corestore" {
  import type Hypercore from "hypercore";

  namespace Corestore {
    interface GetOptions {
      key: Buffer;
      manifest?: Hypercore.Manifest;
      encryption?: { key: Buffer } | null;
      allowFork?: boolean;
    }
  }

  class Corestore {
    constructor(
      storage: string | Hypercore.Storage,
      opts?: { readOnly?: boolean },
    );
    ready(): Promise<void>;
    close(): Promise<void>;
    get(opts: Corestore.GetOptions): Hypercore;
  }
  export = Corestore;
}
