import type { PersonId } from "#core/contract/ids.ts";
import type { KeptFor } from "#core/contract/keeper-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { keptForWords, overWords, stopWords } from "#renderer/words/keepers.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { CommandError, EXITS, UsageError } from "./command-error.ts";
import type { Context, Given } from "./command.ts";
import { findPerson } from "./find-person.ts";
import { readDay, readDayToCome, readSize } from "./read-amount.ts";

/** What can be chosen about those for whom this computer keeps. */
interface Step {
  check(given: Given, canAsk: boolean): void;
  run(context: Context): Promise<void>;
}

const show: Step = {
  check: () => undefined,
  async run({ app, output }) {
    const { others, keepForAll } = await app.read("keepers", {});
    const all = keepForAll === null ? [] : [`${sizeWords(keepForAll)} in all.`];
    const none = others.length === 0 ? ["Nothing is kept for anybody."] : [];
    output.answer([...others.flatMap(linesOf), ...none, ...all], {
      others,
      keepForAll,
    });
  },
};

const room: Step = {
  check(given) {
    const [, , size] = given.words;
    readSize(size ?? "");
    readDay(given.text("until") ?? "always");
  },
  async run(context) {
    const { given, app, clock } = context;
    const [, who = "", size = ""] = given.words;
    const [contacts, { others }] = await Promise.all([
      app.read("contacts", {}),
      app.read("keepers", {}),
    ]);
    const all = [
      ...others,
      ...contacts.filter(
        ({ person }) => !others.some((one) => one.person === person),
      ),
    ];
    const { person } = findPerson(all, who, "contact");
    const before = others.find((one) => one.person === person)?.until ?? null;
    const day = given.text("until");
    const until = day === null ? before : readDayToCome(day, clock.now());
    await hold(context, person, readSize(size), until);
  },
};

const until: Step = {
  check(given) {
    const [, , day] = given.words;
    readDay(day ?? "");
  },
  async run(context) {
    const { given, clock } = context;
    const [, , day = ""] = given.words;
    const one = await keptFor(context);
    await hold(context, one.person, one.bytes, readDayToCome(day, clock.now()));
  },
};

const drop: Step = {
  check(given, canAsk) {
    if (!given.has("yes") && !canAsk)
      throw new UsageError("Add --yes to go on without being asked.");
  },
  async run(context) {
    const { given, app, output, ask } = context;
    const one = await keptFor(context);
    const { person } = one;
    const name = foreignLine(one.name);
    if (!given.has("yes")) {
      output.note(stopWords({ ...one, name }));
      const answer = await ask?.("Stop and free? [y/N] ");
      if (!/^y(es)?$/i.test(answer?.trim() ?? ""))
        throw new CommandError("Nothing was done.", EXITS.refused);
    }
    await app.call("setKeptFor", { person, bytes: 0, until: null });
    output.answer([`Nothing is kept for ${name} any more.`], {
      person,
      bytes: 0,
    });
  },
};

const STEPS = new Map<string, Step>(
  Object.entries({ show, room, until, drop }),
);

/** What stands after `keep`, if anything does. @throws `UsageError` */
export function keepStep(given: Given): Step | null {
  const [name, who] = given.words;
  if (name === undefined) return null;
  const step = STEPS.get(name);
  if (step === undefined)
    throw new UsageError(`keep takes ${[...STEPS.keys()].join(", ")}.`);
  if (step !== show && who === undefined) throw new UsageError("For whom?");
  return step;
}

async function keptFor({ given, app }: Context): Promise<KeptFor> {
  const [, who = ""] = given.words;
  const { others } = await app.read("keepers", {});
  return findPerson(others, who, "person you keep for");
}

async function hold(
  { app, output, signal }: Context,
  person: PersonId,
  bytes: number,
  until: number | null,
): Promise<void> {
  await app.call("setKeptFor", { person, bytes, until });
  const isIt = (one: KeptFor) =>
    one.person === person && one.bytes === bytes && one.until === until;
  const { others } = await app.until(
    "keepers",
    {},
    (now) => now.others.some(isIt),
    signal,
  );
  const one = others.find(isIt);
  output.answer(one === undefined ? [] : linesOf(one), one);
}

function linesOf(one: KeptFor): readonly string[] {
  const named = { ...one, name: foreignLine(one.name) };
  const over = overWords(named);
  return [`${keptForWords(named)}.`, ...(over === null ? [] : [`  ${over}`])];
}
