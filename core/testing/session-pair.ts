import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import NoiseSecretStream from "@hyperswarm/secret-stream";
import Protomux from "protomux";
import type {
  DeviceId,
  InviteId,
  KeepId,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import { LINE_FAULTS } from "#core/contract/limits.ts";
import { createState, type Source } from "#core/base/state.ts";
import { openLine } from "#core/network/line.ts";
import { createPipe } from "#core/network/pipe.ts";
import type { Session, Sessions } from "#core/spaces/session.ts";

/** A session whose common spaces the test decides. */
export interface TestSession extends Session {
  readonly common: Source<ReadonlySet<SpaceId>>;
  readonly person: Source<PersonId | null>;
  /** Every rule the other end broke, in order. */
  readonly faults: readonly string[];
  /** Why the line was ended, when it was. */
  readonly ended: readonly { readonly rule: string; readonly error: unknown }[];
}

/** Sessions of one device, added by the test. */
export interface TestSessions extends Sessions {
  readonly live: Source<readonly Session[]>;
  add(session: Session): void;
}

/** Both ends of one line past the meet protocol: a real encrypted stream, without the meeting. */
export async function createSessionPair(
  common: Iterable<SpaceId>,
  raw: readonly [Duplex, Duplex] = createPipe(),
): Promise<readonly [TestSession, TestSession]> {
  const spaces = new Set(common);
  const ends = await Promise.all([
    createSession(new NoiseSecretStream(true, raw[0]), spaces),
    createSession(new NoiseSecretStream(false, raw[1]), spaces),
  ]);
  return [ends[0], ends[1]];
}

/** One end of a session on a stream. */
export async function createSession(
  stream: NoiseSecretStream,
  common: ReadonlySet<SpaceId>,
): Promise<TestSession> {
  const line = await openLine(stream, () => ({
    transport: stream.rawStream instanceof Socket ? "tcp" : "memory",
    remote: null,
  }));
  if (line === null) throw new Error("the line did not open");
  const faults: string[] = [];
  const ended: { rule: string; error: unknown }[] = [];
  return {
    line,
    mux: Protomux.from(stream),
    common: createState(common),
    invites: createState<ReadonlySet<InviteId>>(new Set()),
    keeps: createState<ReadonlySet<KeepId>>(new Set()),
    person: createState<PersonId | null>(null),
    device: createState<DeviceId | null>(null),
    answering: createState(true),
    isSpare: createState(false),
    skew: createState<number | null>(null),
    faults,
    ended,
    fault(rule) {
      faults.push(rule);
      if (faults.length >= LINE_FAULTS) line.close();
    },
    end(rule, error) {
      ended.push({ rule, error });
      line.close();
    },
    closed: line.closed,
  };
}

export function createTestSessions(): TestSessions {
  const live = createState<readonly Session[]>([]);
  const listeners: ((session: Session) => void)[] = [];
  return {
    live,
    onSession(listener) {
      listeners.push(listener);
    },
    add(session) {
      live.update((all) => [...all, session]);
      for (const listener of listeners) listener(session);
      session.closed.then(
        () => {
          live.update((all) => all.filter((one) => one !== session));
        },
        () => undefined,
      );
    },
  };
}
