import * as v from "valibot";
import {
  entryPlace,
  entryRefSchema,
  fileRootSchema,
  personIdSchema,
} from "#core/contract/ids.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import {
  LOOK_PICTURE_BYTES,
  LOOK_PICTURE_SIDE_MAX,
} from "#core/contract/limits.ts";
import type {
  FileLook,
  FoundLook,
  UntoldFile,
} from "#core/contract/look-models.ts";
import { readPictureHeader } from "#core/contract/picture-header.ts";
import type { State } from "#core/base/state.ts";
import type { ContentStore } from "#core/fetching/content-store.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { WriterQuestion } from "#core/spaces/admission.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { LookEntry } from "./look-entries.ts";
import { Untold } from "./untold.ts";
import type { UntoldParts } from "./untold.ts";

export interface LooksOptions extends Omit<UntoldParts, "index" | "local"> {
  readonly index: Database;
  readonly local: Database;
  readonly spaces: Pick<Spaces, "append" | "mayWrite">;
  readonly exchange: Pick<Exchange, "tell">;
  readonly content: Pick<ContentStore, "keepBytes">;
  /** How many blocks of a writer's log count (SP5). */
  readonly writers: WriterQuestion;
}

/**
 * How files look before they are here (FI12): small pictures, sizes in pixels
 * and lengths. Nothing is decoded in the core: the interface does it, in its
 * sandbox, and hands over what it found.
 */
export class Looks {
  readonly #options: LooksOptions;
  readonly #untold: Untold;

  constructor(options: LooksOptions) {
    this.#options = options;
    this.#untold = new Untold(options);
  }

  /** A few own files whose look is to be found out next. */
  get untold(): State<readonly UntoldFile[]> {
    return this.#untold.files;
  }

  start(): void {
    this.#untold.start();
  }

  close(): Promise<void> {
    this.#untold.close();
    return Promise.resolve();
  }

  /** How a content looks, as the founder says, else as the last writer who counts; null while nobody says. */
  of(space: SpaceId, root: FileRoot): FileLook | null {
    const rows = this.#options.index.all(
      `SELECT * FROM looks WHERE space = ? AND root = ?
       ORDER BY person <> '', ms DESC, count DESC, ref DESC`,
      [space, root],
      (row) => row,
    );
    const row = rows.find((it) => this.#isCounted(space, it));
    return row === undefined ? null : readLook(row);
  }

  /**
   * Tells others how own files look, as the interface found out. What is not
   * asked for any more is passed over, and so is a picture that is none.
   * @throws `disk-full`
   */
  async describe(found: readonly FoundLook[]): Promise<void> {
    const entries = new Map<SpaceId, RawEntry[]>();
    for (const look of found) {
      const spaces = this.#untold.spacesOf(look.root);
      if (look.kind === "later") this.#untold.passOver(look.root);
      else if (look.kind === "blind") this.#untold.giveUp(look.root);
      else if (spaces.length > 0) {
        const entry = await this.#entry(look);
        for (const space of spaces)
          entries.set(space, [...(entries.get(space) ?? []), entry]);
      }
    }
    for (const [space, some] of entries) {
      await this.#options.spaces.append(space, some);
      this.#options.exchange.tell([space]);
    }
    this.#untold.told(found.map(({ root }) => root));
  }

  async #entry(look: Extract<FoundLook, { kind: "seen" }>): Promise<LookEntry> {
    const { root, width, height, durationMs } = look;
    const sides =
      width === null || height === null
        ? { width: null, height: null }
        : { width, height };
    const picture =
      look.picture === null ? null : await this.#keep(look.picture);
    return { type: "look", root, ...sides, durationMs, picture };
  }

  /** Keeps a small picture as content; null when it is not what others would show. */
  async #keep(base64: string): Promise<LookEntry["picture"]> {
    const bytes = Buffer.from(base64, "base64");
    const header = readPictureHeader(bytes);
    if (header === null || bytes.byteLength > LOOK_PICTURE_BYTES) return null;
    const { type, width, height } = header;
    if (type !== "image/webp" && type !== "image/jpeg") return null;
    if (Math.max(width, height) > LOOK_PICTURE_SIDE_MAX) return null;
    const { root, size } = await this.#options.content.keepBytes(bytes);
    return { root, size, mediaType: type };
  }

  #isCounted(space: SpaceId, row: Row): boolean {
    const person = text(row, "person");
    if (person === "") return true;
    const { log, block } = entryPlace(
      v.parse(entryRefSchema, text(row, "ref")),
    );
    const writer = v.parse(personIdSchema, person);
    return block < this.#options.writers(space, writer, log);
  }
}

function readLook(row: Row): FileLook {
  const root = maybe(row, "picture_root", text);
  return {
    width: maybe(row, "width", int),
    height: maybe(row, "height", int),
    durationMs: maybe(row, "duration_ms", int),
    picture:
      root === null
        ? null
        : {
            root: v.parse(fileRootSchema, root),
            size: int(row, "picture_size"),
          },
  };
}
