import * as v from "valibot";
import { createSerial } from "#core/base/serial.ts";
import { createState } from "#core/base/state.ts";
import type { State } from "#core/base/state.ts";
import type { Identity } from "#core/identity/identity.ts";
import { readBatch } from "#core/spaces/block.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import { writeSpaceLink } from "#core/spaces/charter.ts";
import type { Charter, SpaceLink } from "#core/spaces/charter.ts";
import { compareTimes, orderAfter } from "#core/spaces/hybrid-clock.ts";
import type { HybridClock, HybridTime } from "#core/spaces/hybrid-clock.ts";
import type { Space } from "#core/spaces/space.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import { selfEntrySchema } from "./self-entries.ts";
import type { SelfEntry } from "./self-entries.ts";
import { foldSelf } from "./self-state.ts";
import type { SelfState } from "./self-state.ts";

/** A self entry as it is written: links as text. */
function written(entry: SelfEntry): RawEntry {
  switch (entry.type) {
    case "feed":
    case "hold":
      return { ...entry, link: writeSpaceLink(entry.link) };
    case "contact":
      return {
        ...entry,
        conversation: writeSpaceLink(entry.conversation),
        feeds: entry.feeds.map(writeSpaceLink),
      };
    default:
      return entry;
  }
}

/**
 * The self space: what a person keeps for themself, on their own devices only.
 * It is folded in memory and never into the index, because it holds the keys
 * of every other space, and no key rests on disk outside an encrypted log.
 */
export class Self {
  readonly #spaces: Spaces;
  readonly #space: Space;
  readonly #entries: { time: HybridTime; entry: SelfEntry }[];
  readonly #state;
  readonly #serial = createSerial();

  private constructor(
    spaces: Spaces,
    space: Space,
    entries: { time: HybridTime; entry: SelfEntry }[],
  ) {
    this.#spaces = spaces;
    this.#space = space;
    this.#entries = entries;
    this.#state = createState(foldSelf(entries.map(({ entry }) => entry)));
  }

  /** Opens the self space of an identity and reads it whole. */
  static async open(
    spaces: Spaces,
    identity: Identity,
    time: HybridClock,
  ): Promise<Self> {
    const link = selfLink(identity);
    const space = await spaces.hold(link);
    const entries: { time: HybridTime; entry: SelfEntry }[] = [];
    for (const { log } of space.logs.values()) {
      let last: HybridTime = [0, 0];
      for (let at = 1; at < log.heldLength; at++) {
        const block = await log.read(at);
        const read = block === null ? null : readBatch(block);
        if (read?.kind !== "batch") continue;
        time.observe(read.batch.time);
        last = orderAfter(last, read.batch.time);
        for (const raw of read.batch.entries) {
          const entry = v.safeParse(selfEntrySchema, raw);
          if (entry.success) entries.push({ time: last, entry: entry.output });
        }
      }
    }
    entries.sort((a, b) => compareTimes(a.time, b.time));
    return new Self(spaces, space, entries);
  }

  get state(): State<SelfState> {
    return this.#state;
  }

  /** Writes entries; resolves when they are on disk and in the state. */
  append(...entries: readonly SelfEntry[]): Promise<void> {
    return this.#serial(() => this.#write(entries));
  }

  /**
   * Writes what `decide` answers, with the state of that very moment: nothing
   * else is written in between. Used where a limit must hold exactly (IN4).
   */
  decide<T>(
    decide: (state: SelfState) => {
      readonly entries: readonly SelfEntry[];
      readonly result: T;
    },
  ): Promise<T> {
    return this.#serial(async () => {
      const { entries, result } = decide(this.#state.peek());
      if (entries.length > 0) await this.#write(entries);
      return result;
    });
  }

  async #write(entries: readonly SelfEntry[]): Promise<void> {
    await this.#spaces.append(this.#space.id, entries.map(written));
    const last = this.#entries.at(-1)?.time ?? [0, 0];
    for (const entry of entries) this.#entries.push({ time: last, entry });
    this.#state.set(foldSelf(this.#entries.map(({ entry }) => entry)));
  }
}

function selfLink(identity: Identity): SpaceLink {
  const charter: Charter = {
    v: 1,
    kind: "self",
    founder: identity.person,
    nonce: identity.selfNonce.toString("hex"),
  };
  return { charter, readKey: identity.selfKey };
}
