import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { SEALED_PART_BYTES } from "#core/contract/limits.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Source, State } from "#core/base/state.ts";
import {
  chunkCount,
  chunkLength,
  chunkSizeFor,
  HASH_BYTES,
} from "#core/files/chunks.ts";
import type { Ask, Outcome, Remote } from "#core/exchange/exchange-remote.ts";
import type { Named } from "#core/files/named.ts";
import { PAGE_HASHES, type Held, type Part } from "#core/exchange/wire.ts";
import { keepKeyOfSpace } from "#core/spaces/keep-key.ts";
import type { Session } from "#core/spaces/session.ts";
import type { Space } from "#core/spaces/space.ts";
import { labelOf, sealKeysOf, unseal } from "./seal.ts";
import type { PartKind } from "./seal.ts";
import type { SealedLine } from "./sealed-line.ts";

/** Parts asked for at once: a few megabytes on their way. */
const OPEN_PARTS = 16;

export interface SealedRemoteOptions {
  readonly named: Pick<Named, "find" | "spacesOf">;
  /** The spaces the other end keeps blindly, as they change. */
  readonly spaces: Source<ReadonlySet<SpaceId>>;
  readonly spaceOf: (id: SpaceId) => Space | null;
  readonly logger: Logger;
}

/**
 * A blind keeper as a source of files: what it gives is opened here, and proved
 * like anything else by who asked (FI2, FI10).
 */
export class SealedRemote implements Remote {
  readonly session: Session;
  readonly bulk = undefined;
  readonly #line: SealedLine;
  readonly #options: SealedRemoteOptions;
  readonly #open = new Set<Ask>();
  #isClosed = false;

  constructor(line: SealedLine, options: SealedRemoteOptions) {
    this.#line = line;
    this.#options = options;
    this.session = withCommon(line.session, options.spaces);
  }

  get room(): number {
    return this.#isClosed ? 0 : Math.max(0, OPEN_PARTS - this.#open.size);
  }

  ask(asks: readonly Ask[]): void {
    for (const ask of asks) {
      this.#open.add(ask);
      this.#options.logger.background(
        "sealed part",
        this.#fetch(ask.part).then((outcome) => {
          this.#settle(ask, outcome);
        }),
      );
    }
  }

  cancel(asks: readonly Ask[]): void {
    // Whoever cancels does not expect it to settle before the call is over.
    queueMicrotask(() => {
      for (const ask of asks) this.#settle(ask, "lack");
    });
  }

  async held(roots: readonly FileRoot[]): Promise<readonly Held[] | null> {
    const held: Held[] = [];
    for (const root of roots) {
      const space = this.#spaceOf(root);
      if (space === null) {
        held.push("none");
        continue;
      }
      const label = labelOf(sealKeysOf(space.readKey), root, "list", 0);
      const keep = keepKeyOfSpace(space).id;
      const missing = await this.#line.missing(keep, [label]);
      if (missing === null) return null;
      held.push(missing.length === 0 ? "all" : "none");
    }
    return held;
  }

  map(): Promise<null> {
    return Promise.resolve(null);
  }

  tell(): void {
    // It cannot know what there is.
  }

  /** The line is gone: all that was asked for settles so. */
  close(): void {
    this.#isClosed = true;
    for (const ask of [...this.#open]) this.#settle(ask, "gone");
  }

  #settle(ask: Ask, outcome: Outcome): void {
    if (this.#open.delete(ask)) ask.settle(outcome);
  }

  async #fetch({ kind, root, index }: Part): Promise<Outcome> {
    const content = this.#options.named.find(root);
    if (content === null) return "lack";
    const { size } = content;
    return kind === "page"
      ? await this.#bytes(root, "list", {
          from: index * PAGE_HASHES * HASH_BYTES,
          length:
            Math.min(PAGE_HASHES, chunkCount(size) - index * PAGE_HASHES) *
            HASH_BYTES,
        })
      : await this.#bytes(root, "bytes", {
          from: index * chunkSizeFor(size),
          length: chunkLength(size, index),
        });
  }

  /** Bytes from the start of a part on. */
  async #bytes(
    root: FileRoot,
    kind: PartKind,
    { from, length }: { readonly from: number; readonly length: number },
  ): Promise<Outcome> {
    const space = this.#spaceOf(root);
    if (space === null) return "lack";
    const keys = sealKeysOf(space.readKey);
    const keep = keepKeyOfSpace(space).id;
    const first = from / SEALED_PART_BYTES;
    const count = Math.max(1, Math.ceil(length / SEALED_PART_BYTES));
    const parts = await Promise.all(
      Array.from({ length: count }, (_, at) =>
        this.#line.ask(keep, labelOf(keys, root, kind, first + at)),
      ),
    );
    const opened: Buffer[] = [];
    for (const part of parts) {
      if (part === null) return "gone";
      const bytes = part === "lack" ? null : unseal(keys, part);
      if (bytes === null) return "lack";
      opened.push(bytes);
    }
    return Buffer.concat(opened);
  }

  #spaceOf(root: FileRoot): Space | null {
    const kept = this.#options.spaces.peek();
    const id = this.#options.named.spacesOf(root).find((it) => kept.has(it));
    return id === undefined ? null : this.#options.spaceOf(id);
  }
}

/** The same session, with the spaces that its other end keeps as what is common. */
function withCommon(
  session: Session,
  common: State<ReadonlySet<SpaceId>>,
): Session {
  const { line, mux, invites, keeps, person, device } = session;
  const { answering, isSpare, skew, closed } = session;
  return {
    line,
    mux,
    common,
    invites,
    keeps,
    person,
    device,
    answering,
    isSpare,
    skew,
    closed,
    fault(rule) {
      session.fault(rule);
    },
    end(rule, error) {
      session.end(rule, error);
    },
  };
}
