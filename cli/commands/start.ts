import { CommandError, EXITS, UsageError } from "../command-error.ts";
import type { Command, Given } from "../command.ts";
import { newPassword } from "../password.ts";

/** Makes a new person in an empty data folder. */
export const start: Command = {
  name: "start",
  about: "make a new person on this computer",
  takes: "NAME [--password]",
  options: { password: { type: "boolean" } },
  optionWords: [
    ["--password", "lock the data with a password, asked for at the terminal"],
  ],
  startsAnew: () => true,
  check(given) {
    if (nameIn(given) === "") throw new UsageError("Which name?");
  },
  async run({ given, app, output, ask }) {
    const name = nameIn(given);
    const { stage } = await app.read("app", {});
    if (stage !== "setup")
      throw new CommandError(
        "There is a person in this data folder already.",
        EXITS.refused,
      );
    const lock = given.has("password")
      ? ({ kind: "password", password: await newPassword(ask) } as const)
      : ({ kind: "unlocked" } as const);
    await app.call("start", { name, lock, phrase: null });
    const me = await app.until("me", {}, (value) => value !== null);
    output.answer(
      [
        `Hello ${name}. Nobody sees you until you invite someone.`,
        ...(lock.kind === "unlocked"
          ? [
              "Whoever can use this computer can read your data: it has no lock.",
            ]
          : []),
      ],
      { person: me?.person, name },
    );
  },
};

function nameIn(given: Given): string {
  return given.words.join(" ").trim();
}
