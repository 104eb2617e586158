import type { EntryRef, PersonId } from "#core/contract/ids.ts";
import type { Post } from "#core/contract/feed-models.ts";
import { castOfContacts, post } from "./cast.ts";
import type { Cast } from "./cast.ts";
import type { TestPerson } from "./people.ts";
import { seededRandom } from "./seeded-random.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** What a post must look like to everybody in the end. */
export interface ModelPost {
  readonly author: string;
  readonly text: string;
  readonly edits: number;
  readonly withdrawn: boolean;
  readonly replyTo: EntryRef | null;
  /** `emoji name`, in order. */
  readonly reactions: readonly string[];
}

/** What everybody must see in the end: each post by its reference, each person's name. */
export interface Model {
  readonly posts: ReadonlyMap<EntryRef, ModelPost>;
  readonly profiles: ReadonlyMap<string, string>;
}

export interface Simulation {
  readonly cast: Cast;
  readonly names: readonly string[];
  readonly model: Model;
  /** The whole network again, everybody on it, and everybody's contact. */
  heal(): Promise<void>;
  /** What one of them sees, in the model's form. */
  seenBy(name: string): Model;
}

const NAMES = ["Ana", "Ben", "Cleo", "Dora"];
const EMOJI = ["👍", "🎉", "❤️"];

/**
 * Four whole cores that do things at random, with lines that break and cores
 * that restart in between. The same seed does the same things in the same
 * order; what goes on between the cores meanwhile is up to the machine.
 */
export async function simulate(
  seed: string,
  actions: number,
): Promise<Simulation> {
  const random = seededRandom(seed);
  const cast = await castOfContacts(...NAMES);
  const posts = new Map<EntryRef, ModelPost>();
  const profiles = new Map(NAMES.map((name) => [name, name]));
  const ids = new Map(
    NAMES.map((name) => [idOf(cast.of(name)), name] as const),
  );
  const removed = new Map<string, readonly [string, PersonId]>();
  const network = createTrouble(cast, random);

  function pages(person: TestPerson, of: PersonId): readonly Post[] {
    const found: Post[] = [];
    for (let first = 0; ; first += 500) {
      const window = { person: of, first, count: 500 };
      const items = person.core.states.person(window).peek()?.posts.items ?? [];
      found.push(...items);
      if (items.length < 500) return found;
    }
  }

  /** A post that a person has, or null while they have none. */
  function anyPost(name: string, isOwn: boolean): EntryRef | null {
    const person = cast.of(name);
    const refs = [...posts]
      .filter(([, { author }]) => !isOwn || author === name)
      .map(([ref]) => ref)
      .filter(
        (ref) => person.core.states.thread({ post: ref }).peek() !== null,
      );
    return refs.length === 0 ? null : random.pick(refs);
  }

  function change(
    ref: EntryRef,
    to: (before: ModelPost) => Partial<ModelPost>,
  ) {
    const before = posts.get(ref);
    if (before !== undefined) posts.set(ref, { ...before, ...to(before) });
  }

  const deeds: Record<string, (name: string, step: number) => Promise<void>> = {
    async post(name, step) {
      const replyTo = random.below(3) === 0 ? anyPost(name, false) : null;
      const text = `${name} says ${String(step)}`;
      const audience = random.pick(["contacts", "link"] as const);
      const reply = replyTo === null ? {} : { replyTo };
      await post(cast.of(name), text, { audience, ...reply });
      const me = cast.of(name);
      const written = pages(me, idOf(me)).find((it) => it.text === text);
      if (written === undefined) throw new Error("a post was not written");
      posts.set(written.ref, {
        author: name,
        text,
        edits: 0,
        withdrawn: false,
        replyTo,
        reactions: [],
      });
    },
    async edit(name, step) {
      const ref = anyPost(name, true);
      if (ref === null) return;
      const text = `${name} edits ${String(step)}`;
      await cast.of(name).core.handlers.editPost({ post: ref, text });
      change(ref, ({ edits }) => ({ text, edits: edits + 1 }));
    },
    async withdraw(name) {
      const ref = anyPost(name, true);
      if (ref === null) return;
      await cast.of(name).core.handlers.withdrawPost({ post: ref });
      change(ref, () => ({ withdrawn: true }));
    },
    async react(name) {
      const ref = anyPost(name, false);
      if (ref === null) return;
      const emoji = random.pick(EMOJI);
      const reaction = `${emoji} ${name}`;
      const isOn = posts.get(ref)?.reactions.includes(reaction) ?? false;
      await cast.of(name).core.handlers.react({ post: ref, emoji, on: !isOn });
      change(ref, ({ reactions }) => ({
        reactions: isOn
          ? reactions.filter((it) => it !== reaction)
          : [...reactions, reaction].sort(),
      }));
    },
    async profile(name, step) {
      const called = `${name} ${String(step)}`;
      await cast.of(name).core.handlers.setProfile({
        name: called,
        about: "",
        picture: { kind: "keep" },
      });
      profiles.set(name, called);
    },
    async nickname(name, step) {
      const person = random.pick([...ids.keys()]);
      const nickname = random.below(2) === 0 ? null : `nick ${String(step)}`;
      await cast.of(name).core.handlers.setNickname({ person, nickname });
    },
    async remove(name) {
      const person = random.pick([...ids.keys()]);
      if (ids.get(person) === name) return;
      const key = JSON.stringify([name, person]);
      const isRemoved = !removed.has(key);
      await cast.of(name).core.handlers.removeContact({
        person,
        removed: isRemoved,
      });
      if (isRemoved) removed.set(key, [name, person]);
      else removed.delete(key);
    },
    async restart(name) {
      await cast.restart(name);
    },
    network() {
      network.stir();
      return Promise.resolve();
    },
  };
  const often: readonly (readonly [string, number])[] = [
    ["post", 30],
    ["react", 20],
    ["edit", 12],
    ["withdraw", 4],
    ["profile", 4],
    ["nickname", 3],
    ["remove", 3],
    ["restart", 3],
    ["network", 24],
  ];
  const lots = often.flatMap(([deed, count]) =>
    Array.from({ length: count }, () => deed),
  );
  for (let step = 0; step < actions; step++)
    await deeds[random.pick(lots)]?.(random.pick(NAMES), step);

  return {
    cast,
    names: NAMES,
    model: { posts, profiles },
    async heal() {
      network.heal();
      for (const [name, person] of removed.values())
        await cast.of(name).core.handlers.removeContact({
          person,
          removed: false,
        });
    },
    seenBy(name) {
      const person = cast.of(name);
      const all = [...ids.keys()].flatMap((of) => pages(person, of));
      return {
        posts: new Map(all.map((it) => [it.ref, modelOf(it, ids)])),
        profiles: profilesSeenBy(person, ids),
      };
    },
  };
}

function idOf({ core }: TestPerson): PersonId {
  const me = core.states.me({}).peek();
  if (me === null) throw new Error("nobody");
  return me.person;
}

function modelOf(it: Post, ids: ReadonlyMap<PersonId, string>): ModelPost {
  return {
    author: ids.get(it.author.person) ?? "",
    text: it.text,
    edits: it.edits,
    withdrawn: it.withdrawnAt !== null,
    replyTo: it.replyTo,
    reactions: it.reactions
      .flatMap(({ emoji, people }) =>
        people.map(({ person }) => `${emoji} ${ids.get(person) ?? ""}`),
      )
      .sort(),
  };
}

function profilesSeenBy(
  person: TestPerson,
  ids: ReadonlyMap<PersonId, string>,
): ReadonlyMap<string, string> {
  const { states } = person.core;
  const called = new Map(
    states
      .contacts({})
      .peek()
      .map((contact) => [contact.person, contact.ownName]),
  );
  const me = states.me({}).peek();
  if (me !== null) called.set(me.person, me.name);
  return new Map([...ids].map(([id, name]) => [name, called.get(id) ?? ""]));
}

/** Cuts and heals lines, unplugs and plugs in, at random. */
function createTrouble({ hub }: Cast, random: SeededRandom) {
  const cuts = new Set<string>();
  const unplugged = new Set<string>();
  const pairs = NAMES.flatMap((a, index) =>
    NAMES.slice(0, index).map((b) => [a, b] as const),
  );
  function setCut([a, b]: readonly [string, string], isCut: boolean): void {
    const key = `${a} ${b}`;
    if (cuts.has(key) === isCut) return;
    if (isCut) {
      cuts.add(key);
      hub.cut(a, b);
    } else {
      cuts.delete(key);
      hub.heal(a, b);
    }
  }
  function setPlugged(name: string, isPlugged: boolean): void {
    if (unplugged.has(name) !== isPlugged) return;
    if (isPlugged) {
      unplugged.delete(name);
      hub.plug(name);
    } else {
      unplugged.add(name);
      hub.unplug(name);
    }
  }
  return {
    stir(): void {
      const isWorse = random.below(2) === 0;
      if (random.below(3) === 0) setPlugged(random.pick(NAMES), !isWorse);
      else setCut(random.pick(pairs), isWorse);
    },
    heal(): void {
      for (const pair of pairs) setCut(pair, false);
      for (const name of NAMES) setPlugged(name, true);
    },
  };
}
