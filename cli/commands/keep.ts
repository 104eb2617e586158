import type { PersonId } from "#core/contract/ids.ts";
import type { KeptFor } from "#core/contract/keeper-models.ts";
import type { Invites } from "#core/contract/contact-models.ts";
import { keptForWords } from "#renderer/words/keepers.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { CommandError, EXITS } from "../command-error.ts";
import type { Command, Context } from "../command.ts";
import { inviteLifeOf } from "../invite-life.ts";
import { keepStep } from "../keep-for.ts";
import { readSize } from "../read-amount.ts";

/** Keeps for whoever took its invite, until it is stopped. */
export const keep: Command = {
  name: "keep",
  about: "hold copies for others on a computer that stays on",
  takes: [
    "[--space SIZE] [--people N] [--days N] [--name NAME]",
    "show",
    "room NAME SIZE [--until DAY]",
    "until NAME DAY",
    "drop NAME [--yes]",
  ],
  options: {
    space: { type: "string" },
    people: { type: "string" },
    days: { type: "string" },
    name: { type: "string" },
    until: { type: "string" },
    yes: { type: "boolean" },
  },
  optionWords: [
    ["--space SIZE", "how much in all, as in 100GB (100GB)"],
    ["--people N", "for how many it keeps in all, in equal parts (1)"],
    ["--days N", "how long the invite works (7)"],
    ["--name NAME", "what it is called, the first time (Keeper)"],
    ["show", "for whom it keeps, how much of what room, until when"],
    ["room", "holds this much for somebody, as in 20GB"],
    ["until", "holds it until then, as in 2027-03-01, or always"],
    ["drop", "stops keeping for somebody, and frees what is kept"],
    ["--until DAY", "with room: until when (as it was)"],
    ["--yes", "with drop: do not ask first"],
  ],
  startsAnew: (given) => keepStep(given) === null,
  check(given, canAsk) {
    keepStep(given)?.check(given, canAsk);
    readSize(given.text("space") ?? "100GB");
    given.count("people", 1);
    inviteLifeOf(given);
  },
  async run(context) {
    const { given, app, output, signal } = context;
    const step = keepStep(given);
    if (step !== null) {
      await step.run(context);
      return;
    }
    const bytes = readSize(given.text("space") ?? "100GB");
    if (!app.isOwn)
      throw new CommandError(
        "Commonplace is running already with this data. Keepers have data of their own: use --data.",
        EXITS.refused,
      );
    const name = given.text("name") ?? "Keeper";
    if ((await app.read("app", {})).stage === "setup") {
      await app.call("start", {
        name,
        lock: { kind: "unlocked" },
        phrase: null,
      });
      await app.until("app", {}, ({ stage }) => stage === "ready");
    }
    const people = given.count("people", 1);
    await app.call("keepForAll", { bytes, people });
    const invites = await app.read("invites", {});
    const uses = people - takersOf(invites).size;
    const link =
      uses <= 0
        ? null
        : (openLink(invites, context.clock.now()) ??
          (await app.call("createInvite", {
            lifeMs: inviteLifeOf(given),
            uses,
            message: "",
          })));
    output.answer(link === null ? [] : [link.link], {
      invite: link?.invite ?? null,
      link: link?.link ?? null,
      bytes,
    });
    const how =
      link === null
        ? `Nobody else can add it; --people ${String(people + 1)} lets one more.`
        : "Whoever is to add this keeper opens the link above.";
    output.note(
      `Keeping, ${sizeWords(bytes)} at most. ${how} Ctrl+C stops it.`,
    );
    await Promise.all([letIn(context), tell(context)]).catch(
      (error: unknown) => {
        if (!signal.aborted) throw error;
      },
    );
    output.note("Stopped. Everything is saved.");
  },
};

/** All who ever took an invite of this keeper. */
function takersOf({ made }: Invites): ReadonlySet<PersonId> {
  return new Set(
    made.flatMap(({ takenBy }) => takenBy.map(({ person }) => person)),
  );
}

/** An invite made before that still works: the same link after a restart. */
function openLink(
  { made }: Invites,
  now: number,
): Invites["made"][number] | null {
  return (
    made.find(
      ({ withdrawn, uses, takenBy, expiresAt }) =>
        !withdrawn && takenBy.length < uses && expiresAt > now,
    ) ?? null
  );
}

/** Who took the invite is let in without a word: nobody sits here to say yes. */
async function letIn({ app, signal }: Context): Promise<void> {
  await app.until(
    "invites",
    {},
    ({ made }) => {
      for (const { invite, requests } of made)
        for (const { person } of requests)
          // Said again at the next look, should it fail.
          app
            .call("answerRequest", { invite, person, accept: true })
            .catch(() => undefined);
      return false;
    },
    signal,
  );
}

/** Tells for whom how much is kept, when that is another by a tenth. */
async function tell({ app, output, signal }: Context): Promise<void> {
  const told = new Map<string, KeptFor>();
  await app.until(
    "keepers",
    {},
    ({ others }) => {
      for (const one of others) {
        const before = told.get(one.person);
        if (before !== undefined && isAlike(before, one)) continue;
        told.set(one.person, one);
        output.note(`${keptForWords(one)}.`);
      }
      return false;
    },
    signal,
  );
}

function isAlike(before: KeptFor, now: KeptFor): boolean {
  const step = Math.max(before.used, 10_000) / 10;
  return before.bytes === now.bytes && Math.abs(before.used - now.used) <= step;
}
