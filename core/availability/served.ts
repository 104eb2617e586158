import type { FileRoot } from "#core/contract/ids.ts";
import { chunkCount } from "#core/files/chunks.ts";
import type { Session } from "#core/spaces/session.ts";

/** Contents of several chunks followed for one line; who asks for more at once is followed no further. */
const GROWING = 256;
/** Contents given in full and not yet confirmed, for one line. */
const GIVEN = 100_000;

interface Growing {
  readonly chunks: Set<number>;
  readonly count: number;
}

/** What one line was given in full by us, and has not yet said to hold. */
interface Given {
  readonly growing: Map<FileRoot, Growing>;
  readonly whole: Set<FileRoot>;
}

/** Follows what we serve: who took every chunk of something and then says to hold it, has it. */
export class Served {
  readonly #lines = new WeakMap<Session, Given>();

  /** One chunk went out. Answers whether that made it whole. */
  gave(session: Session, root: FileRoot, index: number, size: number): boolean {
    const given = this.#of(session);
    const count = chunkCount(size);
    if (count > 1) {
      const growing = given.growing.get(root) ?? { chunks: new Set(), count };
      if (!given.growing.has(root)) {
        if (given.growing.size >= GROWING) return false;
        given.growing.set(root, growing);
      }
      growing.chunks.add(index);
      if (growing.chunks.size < count) return false;
      given.growing.delete(root);
    }
    if (given.whole.size >= GIVEN) return false;
    given.whole.add(root);
    return true;
  }

  /** Given in full and waiting for their word. */
  waiting(session: Session): ReadonlySet<FileRoot> {
    return this.#of(session).whole;
  }

  /** They said to hold it. Answers whether we had given it. */
  confirmed(session: Session, root: FileRoot): boolean {
    return this.#lines.get(session)?.whole.delete(root) ?? false;
  }

  #of(session: Session): Given {
    const given = this.#lines.get(session) ?? {
      growing: new Map<FileRoot, Growing>(),
      whole: new Set<FileRoot>(),
    };
    this.#lines.set(session, given);
    return given;
  }
}
