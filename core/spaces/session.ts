import type Protomux from "protomux";
import type {
  DeviceId,
  InviteId,
  KeepId,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import type { State } from "#core/base/state.ts";
import type { Line } from "#core/network/port.ts";

/**
 * A line after the meet protocol: what both ends hold in common, and who the
 * other end is where that was proved (ME3, ME4). Features attach their own
 * channels to `mux`.
 */
export interface Session {
  readonly line: Line;
  readonly mux: Protomux;
  /** Spaces whose read key both ends have shown to hold on this line. */
  readonly common: State<ReadonlySet<SpaceId>>;
  /** Open invites that both ends hold: one made it, the other opened it (IN2). */
  readonly invites: State<ReadonlySet<InviteId>>;
  /** Keep keys that both ends have shown: one of them may be a blind keeper (KE1). */
  readonly keeps: State<ReadonlySet<KeepId>>;
  /** Null until the other end proved a device of a person we share a private space with. */
  readonly person: State<PersonId | null>;
  readonly device: State<DeviceId | null>;
  /** False while no sign of life comes; the line may still stand (see `signs-of-life.ts`). */
  readonly answering: State<boolean>;
  /** True while a better line to the same device stands: files take that one. */
  readonly isSpare: State<boolean>;
  /** Milliseconds that the other end's wall clock is ahead of ours; null until it said. */
  readonly skew: State<number | null>;
  /** Counts a broken rule; the line is closed at the 64th (HO2). */
  fault(rule: string): void;
  /** Closes the line because of one broken rule or an error in a handler. */
  end(rule: string, error?: unknown): void;
  readonly closed: Promise<void>;
}

/** The sessions that are up now. */
export interface Sessions {
  readonly live: State<readonly Session[]>;
  /** Called once for each new session, before any of its messages are handled. */
  onSession(listener: (session: Session) => void): void;
}
