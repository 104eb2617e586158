import type { SpaceId } from "#core/contract/ids.ts";
import type { Logger } from "#core/base/logger.ts";
import { setIfChanged } from "#core/base/set-if-changed.ts";
import { createState } from "#core/base/state.ts";
import type { Source, State } from "#core/base/state.ts";
import type { Remote } from "#core/exchange/exchange-remote.ts";
import type { Named } from "#core/files/named.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { KeepLine } from "./keep-line.ts";
import type { SealedLine } from "./sealed-line.ts";
import { SealedRemote } from "./sealed-remote.ts";

/** A line's other end as a source of files. */
interface KeeperSource {
  readonly line: SealedLine;
  readonly remote: SealedRemote;
  /** What it keeps and cannot read. */
  readonly kept: Source<ReadonlySet<SpaceId>>;
}

export interface KeeperSourcesOptions {
  readonly named: Pick<Named, "find" | "spacesOf">;
  readonly spaces: Pick<Spaces, "get">;
  readonly logger: Logger;
}

/** The blind keepers that are up, as sources of files (KE4). */
export class KeeperSources {
  readonly #options: KeeperSourcesOptions;
  readonly #sources = new Map<KeepLine, KeeperSource>();
  readonly #remotes = createState<readonly Remote[]>([]);

  constructor(options: KeeperSourcesOptions) {
    this.#options = options;
  }

  get remotes(): State<readonly Remote[]> {
    return this.#remotes;
  }

  lines(): readonly (readonly [KeepLine, SealedLine])[] {
    return [...this.#sources].map(([keep, { line }]) => [keep, line] as const);
  }

  open(keep: KeepLine, line: SealedLine): void {
    const { named, logger, spaces } = this.#options;
    const kept = createState<ReadonlySet<SpaceId>>(new Set());
    const remote = new SealedRemote(line, {
      named,
      logger,
      spaces: kept,
      spaceOf: (id) => spaces.get(id),
    });
    this.#sources.set(keep, { line, remote, kept });
  }

  /** Says what the other end keeps now. */
  update(keep: KeepLine, kept: readonly SpaceId[]): void {
    const source = this.#sources.get(keep);
    if (source !== undefined) setIfChanged(source.kept, kept);
    this.#choose();
  }

  close(keep: KeepLine): void {
    this.#sources.get(keep)?.remote.close();
    this.#sources.delete(keep);
    this.#choose();
  }

  #choose(): void {
    const remotes = [...this.#sources].flatMap(([{ session }, source]) =>
      source.kept.peek().size > 0 && !session.isSpare.peek()
        ? [source.remote]
        : [],
    );
    const before = this.#remotes.peek();
    const isSame =
      before.length === remotes.length &&
      remotes.every((remote) => before.includes(remote));
    if (!isSame) this.#remotes.set(remotes);
  }
}
