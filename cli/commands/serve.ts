import { statusWords } from "#renderer/words/status.ts";
import type { Command } from "../command.ts";

/** Keeps the app running without a window, until it is stopped. */
export const serve: Command = {
  name: "serve",
  about: "run without a window until Ctrl+C, for a computer that stays on",
  takes: "",
  options: {},
  optionWords: [],
  async run({ app, output, signal }) {
    if (!app.isOwn) {
      output.answer(["Commonplace is running already with this data."], {
        running: true,
      });
      return;
    }
    let told = "";
    await app
      .until(
        "network",
        {},
        (network) => {
          const { words } = statusWords(network, "up");
          if (words !== told) output.note(words);
          told = words;
          return false;
        },
        signal,
      )
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    output.note("Stopped. Everything is saved.");
  },
};
