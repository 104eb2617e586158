import type {
  DeviceId,
  LogKey,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import type { Log } from "#core/storage/log.ts";
import type { Charter, SpaceKind } from "./charter.ts";

/** An admitted log inside a space: whose it is, and its blocks. */
export interface MemberLog {
  readonly log: Log;
  readonly space: SpaceId;
  readonly person: PersonId;
  readonly device: DeviceId;
  /** Block 0, as it is offered to others (ME5). */
  readonly header: Buffer;
}

/** A set of logs, the key that reads them, and the rule that says whose belong (SP1). */
export interface Space {
  readonly id: SpaceId;
  readonly kind: SpaceKind;
  readonly charter: Charter;
  /** 32 bytes. */
  readonly readKey: Buffer;
  readonly logs: ReadonlyMap<LogKey, MemberLog>;
}
