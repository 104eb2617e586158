import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Named } from "#core/files/named.ts";
import type { Identity } from "#core/identity/identity.ts";
import type { Self } from "#core/self/self.ts";
import type { LocalSettings } from "#core/settings/local-settings.ts";
import type { Sessions } from "#core/spaces/session.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { Database } from "#core/storage/database.ts";
import type { LogStore } from "#core/storage/log-store.ts";
import type { ChecksOptions } from "./checks.ts";
import type { CurrentFiles } from "./current-files.ts";

export interface KeepersOptions {
  readonly self: Self;
  readonly settings: LocalSettings;
  readonly spaces: Spaces;
  readonly logs: LogStore;
  readonly sessions: Sessions;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly local: Database;
  /** Where sealed parts of others lie. */
  readonly folder: string;
  readonly named: Named;
  readonly current: CurrentFiles;
  readonly random: Random;
  readonly claimed: ChecksOptions["claimed"];
  readonly onShown: ChecksOptions["onShown"];
  /** What is shown on lines changed: the meeting place looks again. */
  readonly onKeys: () => void;
}
