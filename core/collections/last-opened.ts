import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { Time } from "#core/contract/models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Named } from "#core/files/named.ts";
import type { SavedFiles } from "#core/folders/saved-files.ts";
import { pathOfSubject } from "#core/listing/file-subject.ts";

export interface LastOpenedParts {
  readonly named: Pick<Named, "namesOf">;
  readonly saved: Pick<SavedFiles, "opened">;
  readonly clock: Pick<Clock, "now">;
}

/** A film asks for its bytes again and again: noted once in this time. */
const AGAIN_MS = 60_000;

/** Notes when files of others were opened last: what nobody opens is the first to go where room is made. */
export class LastOpened {
  readonly #parts: LastOpenedParts;
  #last: { readonly root: FileRoot; readonly at: Time } | null = null;

  constructor(parts: LastOpenedParts) {
    this.#parts = parts;
  }

  /** A file was opened in another app. */
  opened(space: SpaceId, path: string): void {
    const { saved, clock } = this.#parts;
    saved.opened(space, path, clock.now());
  }

  /** Content is shown in the window, whatever it is called. */
  shown(root: FileRoot): void {
    const at = this.#parts.clock.now();
    if (this.#last?.root === root && at - this.#last.at < AGAIN_MS) return;
    this.#last = { root, at };
    for (const { space, subject } of this.#parts.named.namesOf(root)) {
      const path = pathOfSubject(subject);
      if (path !== null) this.opened(space, path);
    }
  }
}
