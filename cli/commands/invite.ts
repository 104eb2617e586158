import { peopleWords } from "#renderer/words/people.ts";
import { CommandError, EXITS } from "../command-error.ts";
import type { Command } from "../command.ts";
import { inviteLifeOf } from "../invite-life.ts";
import { within } from "../waiting.ts";

const WAIT_S = 600;

/** Makes an invite, and waits for whoever takes it. */
export const invite: Command = {
  name: "invite",
  about: "make a link that turns two people into contacts",
  takes:
    "[--message TEXT] [--days N] [--people N] [--wait SECONDS] [--no-wait]",
  options: {
    message: { type: "string" },
    days: { type: "string" },
    people: { type: "string" },
    wait: { type: "string" },
    "no-wait": { type: "boolean" },
  },
  optionWords: [
    ["--message TEXT", "shown to the invited person"],
    ["--days N", "how long it works (7)"],
    ["--people N", "how many it works for (1)"],
    [
      "--wait SECONDS",
      `how long to wait for somebody to take it (${String(WAIT_S)})`,
    ],
    [
      "--no-wait",
      "print the link and end; somebody else must keep the app running",
    ],
  ],
  check(given) {
    given.count("people", 1);
    inviteLifeOf(given);
    given.count("wait", WAIT_S);
  },
  async run({ given, app, output, signal }) {
    const uses = given.count("people", 1);
    const made = await app.call("createInvite", {
      lifeMs: inviteLifeOf(given),
      uses,
      message: given.text("message") ?? "",
    });
    output.answer([made.link], made);
    if (given.has("no-wait")) {
      if (app.isOwn)
        output.note(
          "It works while Commonplace runs here, as with: commonplace serve",
        );
      return;
    }
    output.note("Waiting for somebody to open it. Ctrl+C stops the waiting.");
    const taken = await within(given.count("wait", WAIT_S), signal, (ended) =>
      app.until(
        "invites",
        {},
        (all) => {
          const mine = all.made.find((one) => one.invite === made.invite);
          return (mine?.takenBy.length ?? 0) >= uses;
        },
        ended,
      ),
    );
    if (taken === null)
      throw new CommandError(
        "Nobody opened it yet. It goes on working while the app runs.",
        EXITS.later,
      );
    const mine = taken.made.find((one) => one.invite === made.invite);
    output.note(`Met ${peopleWords(mine?.takenBy ?? [])}.`);
  },
};
