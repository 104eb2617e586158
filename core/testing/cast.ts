import { expect, onTestFinished } from "vitest";
import type { EntryRef } from "#core/contract/ids.ts";
import type { Audience, Post } from "#core/contract/feed-models.ts";
import type { MemoryHub } from "#core/network/memory.ts";
import { createPeople } from "./people.ts";
import type { PersonOptions, TestPerson } from "./people.ts";

/** Several whole cores under their names; each name always gives the core that runs now. */
export interface Cast {
  readonly hub: MemoryHub;
  of(name: string): TestPerson;
  add(name: string, options?: PersonOptions): Promise<TestPerson>;
  restart(name: string): Promise<TestPerson>;
  befriend(a: string, b: string): Promise<void>;
}

/** Nobody yet. What was added is closed when the test ends, which fails when anybody logged a bug. */
export async function emptyCast(): Promise<Cast> {
  const people = await createPeople();
  const now = new Map<string, TestPerson>();
  const bugs: (readonly string[])[] = [];
  onTestFinished(async () => {
    await people.close();
    expect(bugs.flat()).toEqual([]);
  });
  function keep(name: string, person: TestPerson): TestPerson {
    now.set(name, person);
    bugs.push(person.bugs);
    return person;
  }
  function of(name: string): TestPerson {
    const person = now.get(name);
    if (person === undefined) throw new Error(`nobody is called ${name}`);
    return person;
  }
  return {
    hub: people.hub,
    of,
    async add(name, options) {
      return keep(name, await people.add(name, options));
    },
    async restart(name) {
      return keep(name, await of(name).restart());
    },
    befriend: (a, b) => people.befriend(of(a), of(b)),
  };
}

/** People of these names, each a contact of every other. */
export async function castOfContacts(...names: string[]): Promise<Cast> {
  const cast = await emptyCast();
  for (const name of names) await cast.add(name);
  for (const [index, name] of names.entries())
    for (const earlier of names.slice(0, index))
      await cast.befriend(earlier, name);
  return cast;
}

export async function post(
  { core }: TestPerson,
  text: string,
  options: { audience?: Audience; replyTo?: EntryRef } = {},
): Promise<string> {
  const { audience = "contacts", replyTo = null } = options;
  const { held } = await core.handlers.post({
    text,
    audience,
    replyTo,
    attachments: [],
  });
  return held;
}

/** The texts of a feed, newest first. */
export function textsOf(items: readonly Post[]): readonly string[] {
  return items.map(({ text }) => text);
}
