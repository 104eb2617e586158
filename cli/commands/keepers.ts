import { firstKeeperChoice } from "#core/contract/first-keeper-choice.ts";
import type { KeeperChoice, MyKeeper } from "#core/contract/keeper-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import {
  boundWords,
  coverageWords,
  fullWords,
  goneWords,
  keepsWords,
  modeWords,
  offerWords,
} from "#renderer/words/keepers.ts";
import { presenceWords } from "#renderer/words/people.ts";
import { CommandError, EXITS, UsageError } from "../command-error.ts";
import type { Command, Context, Given } from "../command.ts";
import { findCollection } from "../find-collection.ts";
import { findPerson } from "../find-person.ts";
import { readDay, readDayToCome, readSize } from "../read-amount.ts";
import { accept } from "./accept.ts";

const STEPS = ["add", "set", "end"] as const;
const LINK = /^(?:commonplace:|https?:)/i;

/** Who keeps for me: lists them, and chooses what they keep, how much and for how long. */
export const keepers: Command = {
  name: "keepers",
  about: "who keeps copies for you: list, add, choose what they keep, end",
  takes: [
    "",
    "add LINK|CONTACT [--yes] [--wait SECONDS]",
    "set NAME [--read yes|no] [--posts yes|no] [--collection TITLE]… [--without TITLE]… [--room SIZE|all] [--until DAY|always]",
    "end NAME",
  ],
  options: {
    ...accept.options,
    read: { type: "string" },
    posts: { type: "string" },
    collection: { type: "string", multiple: true },
    without: { type: "string", multiple: true },
    room: { type: "string" },
    until: { type: "string" },
  },
  optionWords: [
    ["add", "takes the invite of a keeper, or lets a contact keep"],
    ["set", "chooses what it keeps; what is not named stays as it was"],
    ["end", "gives it nothing new, and asks it to free what it holds"],
    ["--read yes|no", "no: it holds copies it cannot read"],
    ["--posts yes|no", "whether it keeps what you post"],
    ["--collection TITLE", "a collection of yours that it is to keep too"],
    ["--without TITLE", "a collection that it is not to keep any more"],
    ["--room SIZE|all", "at most this much, as in 20GB; all it holds for you"],
    ["--until DAY|always", "no longer than this day, as in 2027-03-01"],
    ...accept.optionWords,
  ],
  check(given, canAsk) {
    const [step, who] = given.words;
    if (step === undefined) return;
    if (!STEPS.some((one) => one === step))
      throw new UsageError(`keepers takes ${STEPS.join(", ")}.`);
    if (who === undefined)
      throw new UsageError(step === "add" ? "Which link?" : "Which keeper?");
    if (step === "add" && LINK.test(who))
      accept.check?.(givenLink(given, who), canAsk);
    readYes(given, "read");
    readYes(given, "posts");
    readRoom(given.text("room") ?? "all");
    readDay(given.text("until") ?? "always");
  },
  async run(context) {
    const [step, who = ""] = context.given.words;
    if (step === undefined) await list(context);
    else if (step === "set") await set(context, who);
    else if (step === "end") await end(context, who);
    else if (LINK.test(who)) await addByLink(context, who);
    else await addContact(context, who);
  },
};

async function list({ app, output, clock }: Context): Promise<void> {
  const { mine, offers } = await app.read("keepers", {});
  const lines = [
    ...mine.flatMap((one) => linesOf(one, clock.now())),
    ...offers.map(
      (one) => `${offerWords(one)}. Nothing of yours is kept there yet.`,
    ),
  ];
  output.answer(lines.length === 0 ? ["Nobody keeps for you yet."] : lines, {
    mine,
    offers,
  });
}

async function addByLink(context: Context, link: string): Promise<void> {
  const preview = await context.app.call("readLink", { link });
  if (preview.kind !== "invite" || !preview.isKeeper)
    throw new CommandError(
      "This is no invite of a keeper. Open it with: commonplace accept LINK",
      EXITS.refused,
    );
  await accept.run({ ...context, given: givenLink(context.given, link) });
}

/** They keep as soon as they hold room for me. */
async function addContact(context: Context, who: string): Promise<void> {
  const { app } = context;
  const { person } = findPerson(await app.read("contacts", {}), who, "contact");
  const { mine } = await app.read("keepers", {});
  if (mine.some((one) => one.person === person && one.mode !== "stopped"))
    throw new CommandError(
      `${foreignLine(who)} is among your keepers already. Choose what they keep with: commonplace keepers set`,
      EXITS.refused,
    );
  await choose(context, firstKeeperChoice(person));
}

async function set(context: Context, who: string): Promise<void> {
  const { app, given, clock } = context;
  const before = await keeperOf(context, who);
  const read = readYes(given, "read");
  const wasOn = before.mode === "stopped" ? "blind" : before.mode;
  const [room, day] = [given.text("room"), given.text("until")];
  const collections = new Set(before.collections);
  for (const title of given.texts("collection")) {
    const row = await findCollection(app, title);
    if (!row.mine)
      throw new CommandError(
        `${foreignLine(row.title)} is not yours. Others keep only what you share yourself.`,
        EXITS.refused,
      );
    collections.add(row.collection);
  }
  for (const title of given.texts("without"))
    collections.delete((await findCollection(app, title)).collection);
  await choose(context, {
    person: before.person,
    mode: read === null ? wasOn : read ? "readable" : "blind",
    feeds: readYes(given, "posts") ?? before.feeds,
    collections: [...collections],
    bytes: room === null ? before.bytes : readRoom(room),
    until: day === null ? before.until : readDayToCome(day, clock.now()),
  });
}

async function end(context: Context, who: string): Promise<void> {
  const { person, feeds, collections, bytes, until } = await keeperOf(
    context,
    who,
  );
  const mode = "stopped" as const;
  await choose(context, { person, mode, feeds, collections, bytes, until });
}

async function keeperOf({ app }: Context, who: string): Promise<MyKeeper> {
  return findPerson((await app.read("keepers", {})).mine, who, "keeper");
}

/** Says it to the app, and answers with how it stands then. */
async function choose(
  { app, output, clock, signal }: Context,
  choice: KeeperChoice,
): Promise<void> {
  await app.call("setKeeper", choice);
  const content = JSON.stringify(choiceOf(choice));
  const isIt = (one: MyKeeper) => JSON.stringify(choiceOf(one)) === content;
  const { mine } = await app.until(
    "keepers",
    {},
    (now) => now.mine.some(isIt),
    signal,
  );
  const one = mine.find(isIt);
  output.answer(one === undefined ? [] : linesOf(one, clock.now()), one);
}

function choiceOf(one: KeeperChoice): KeeperChoice {
  const { person, mode, feeds, collections, bytes, until } = one;
  return { person, mode, feeds, collections, bytes, until };
}

/** As the row of the screen. */
function linesOf(keeper: MyKeeper, now: number): readonly string[] {
  const name = foreignLine(keeper.name);
  const head = `${name} · ${presenceWords(keeper.presence, now)}`;
  const gone = goneWords(keeper);
  const bound = boundWords(keeper);
  const words =
    keeper.mode === "stopped"
      ? [modeWords(keeper)]
      : [
          modeWords(keeper),
          `What it keeps: ${keepsWords(keeper)}`,
          ...(bound === null ? [] : [`What you chose: ${bound}`]),
          `How full: ${fullWords(keeper)}`,
          `Copies: ${coverageWords(keeper, now)}`,
          ...(gone === null ? [] : [gone]),
        ];
  return [head, ...words.map((line) => `  ${line}`)];
}

function givenLink(given: Given, link: string): Given {
  return { ...given, words: [link], first: () => link };
}

/** @throws `UsageError` */
function readYes(given: Given, option: string): boolean | null {
  const text = given.text(option);
  if (text === null) return null;
  if (text !== "yes" && text !== "no")
    throw new UsageError(`--${option} takes yes or no.`);
  return text === "yes";
}

function readRoom(text: string): number | null {
  return text === "all" ? null : readSize(text);
}
