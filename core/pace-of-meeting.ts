import type { PersonId } from "#core/contract/ids.ts";
import type { Session } from "#core/spaces/session.ts";
import type { Space } from "#core/spaces/space.ts";
import type { SpacePace } from "#core/spaces/wanted-topics.ts";

/** Who was not seen for this long is met within the hour, and not at once. */
const LONG_AGO_MS = 14 * 24 * 60 * 60 * 1000;

export interface MeetingMemory {
  readonly me: PersonId;
  /** When a contact became one; null for whoever is none. */
  readonly metAt: (person: PersonId) => number | null;
  readonly seenAt: (person: PersonId) => number | null;
  readonly now: number;
}

/**
 * Where to be found, and how much that may cost. Two contacts meet on their
 * conversation. On the open feed of somebody all meet who hold one of that
 * person's feeds, as whoever holds another holds it too; while that person is
 * here themself, there is little to get from others.
 */
export function paceOf(
  { charter }: Pick<Space, "charter">,
  sessions: readonly Pick<Session, "person">[],
  memory: MeetingMemory,
): SpacePace {
  const { me, metAt } = memory;
  if (charter.kind === "self") return "never";
  if (charter.kind === "collection") return "always";
  if (charter.kind === "conversation") {
    const others = charter.members.filter((member) => member !== me);
    const isLost = others.every((other) => wasLongAgo(other, memory));
    return isLost ? "rarely" : "always";
  }
  const { founder, audience } = charter;
  const isMine = founder === me;
  if (!isMine && metAt(founder) === null) return "always";
  if (audience === "contacts") return "never";
  if (isMine) return "always";
  const isHere = sessions.some(({ person }) => person.peek() === founder);
  return isHere || wasLongAgo(founder, memory) ? "rarely" : "always";
}

function wasLongAgo(person: PersonId, memory: MeetingMemory): boolean {
  const metAt = memory.metAt(person);
  if (metAt === null) return false;
  const seenAt = Math.max(metAt, memory.seenAt(person) ?? metAt);
  return memory.now - seenAt > LONG_AGO_MS;
}
