import { doctorLines, doctorText } from "#renderer/words/doctor.ts";
import { CommandError, EXITS } from "../command-error.ts";
import type { Command } from "../command.ts";

/** Looks at the chain from this computer to friends. */
export const doctor: Command = {
  name: "doctor",
  about: "what stands between this computer and your contacts",
  takes: "",
  options: {},
  optionWords: [],
  async run({ app, output }) {
    output.progress("Looking…");
    const report = await app.call("examine", {});
    output.answer(doctorText(report).split("\n"), report);
    if (doctorLines(report).some(({ verdict }) => verdict === "bad"))
      throw new CommandError("Something is in the way.", EXITS.later);
  },
};
