import type { FileRoot } from "#core/contract/ids.ts";
import type {
  Availability,
  OtherHolder,
} from "#core/availability/availability.ts";
import { delay } from "#core/base/clock.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Named } from "#core/files/named.ts";
import type { OtherCopies, OtherHolders } from "#core/keeping/model.ts";

/** Up to so many files, whoever is in reach is asked to show now that they have them still. */
const ASKED_MOST = 3;
/** Nobody is waited for longer than this. */
const ASK_MS = 10_000;

/**
 * Who else has something, before it is freed: who was seen to have it, and of a
 * few files who shows it now. Who turns out to have it no more is told as the
 * one who had it last.
 */
export function createOtherHolders(
  availability: Pick<Availability, "otherHolders" | "prove">,
  named: Pick<Named, "spacesOf">,
  clock: Clock,
): OtherHolders {
  /** What no list has any more nobody gives, and nobody is known to keep (FI5). */
  const isListed = (root: FileRoot): boolean => named.spacesOf(root).length > 0;

  async function ask(root: FileRoot): Promise<readonly OtherHolder[]> {
    const late = new AbortController();
    const proved = availability.prove(root);
    try {
      return await Promise.race([
        proved,
        delay(clock, ASK_MS, late.signal).then(() =>
          availability.otherHolders(root),
        ),
      ]);
    } finally {
      late.abort(new Error("answered"));
    }
  }

  return async (_space, roots) => {
    const known = new Map<FileRoot, OtherCopies>();
    for (const root of roots) {
      const before = availability.otherHolders(root);
      const now = !isListed(root)
        ? []
        : roots.length <= ASKED_MOST
          ? await ask(root)
          : before;
      const last = [...before].sort((a, b) => b.provedAt - a.provedAt)[0];
      known.set(root, {
        holders: now.map(({ person }) => person),
        lastHad:
          now.length > 0 || last === undefined
            ? null
            : { person: last.person, at: last.lastSeen ?? last.provedAt },
      });
    }
    return known;
  };
}
