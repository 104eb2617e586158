import { foreignLine } from "#renderer/ui/foreign-text.ts";
import {
  coverageWords,
  goneWords,
  keptForWords,
} from "#renderer/words/keepers.ts";
import { presenceWords } from "#renderer/words/people.ts";
import { statusWords } from "#renderer/words/status.ts";
import type { Command } from "../command.ts";

/** How the app stands: who I am, who is connected, what moves. */
export const status: Command = {
  name: "status",
  about: "who you are, who is connected, what is on its way",
  takes: "",
  options: {},
  optionWords: [],
  async run({ app, output, clock }) {
    const [me, network, contacts, transfers, keepers] = await Promise.all([
      app.until("me", {}, (value) => value !== null),
      app.read("network", {}),
      app.read("contacts", {}),
      app.read("transfers", {}),
      app.read("keepers", {}),
    ]);
    const open = transfers.filter(({ state }) => state.stage === "running");
    const now = clock.now();
    output.answer(
      [
        `You are ${foreignLine(me?.name ?? "")}.`,
        `${statusWords(network, "up").words}.`,
        ...contacts.map(
          ({ name, presence }) =>
            `${foreignLine(name)} · ${presenceWords(presence, now)}`,
        ),
        ...keepers.mine
          .filter(({ mode }) => mode !== "stopped")
          .map(
            (one) => `${foreignLine(one.name)} · ${coverageWords(one, now)}`,
          ),
        ...keepers.mine.flatMap((one) => goneWords(one) ?? []),
        ...keepers.others.map((one) => `${keptForWords(one)}.`),
        ...(open.length === 0
          ? []
          : [`Transfers under way: ${String(open.length)}.`]),
      ],
      { me, network, contacts, transfers, keepers, running: !app.isOwn },
    );
  },
};
