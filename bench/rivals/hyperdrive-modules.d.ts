/* What the benchmark calls of packages without types. */

declare module "hyperdrive" {
  import type NoiseSecretStream from "@hyperswarm/secret-stream";
  import type Corestore from "corestore";
  export default class Hyperdrive {
    constructor(store: Corestore, key?: Buffer);
    readonly key: Buffer;
    ready(): Promise<void>;
    update(options?: { wait?: boolean }): Promise<boolean>;
    replicate(stream: NoiseSecretStream): void;
  }
}

declare module "localdrive" {
  export default class Localdrive {
    constructor(root: string);
  }
}

declare module "mirror-drive" {
  import type Hyperdrive from "hyperdrive";
  import type Localdrive from "localdrive";
  type Drive = Hyperdrive | Localdrive;
  export default class MirrorDrive {
    constructor(from: Drive, to: Drive, options?: { batch?: boolean });
    done(): Promise<void>;
  }
}
