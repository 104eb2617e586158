import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createCore } from "#core/core.ts";
import { createMemoryHub } from "#core/network/memory.ts";

/*
 * A core in a process of its own, for tests that kill it: posts one text after
 * another and says so after each answer. Arguments: data folder, undo time in
 * milliseconds, what the texts begin with.
 */
const [, , dataFolder = "", undoMs = "0", prefix = ""] = process.argv;

const core = await createCore({
  dataFolder,
  network: createMemoryHub().network("child"),
  clock: systemClock,
  random: systemRandom,
  logger: silentLogger,
  keyring: null,
  desktop: {
    pick: () => Promise.resolve(null),
    open: () => Promise.resolve(),
    show: () => Promise.resolve(),
    canListFolders: false,
  },
});
const { handlers, states } = core;
if (states.app({}).peek().stage === "setup")
  await handlers.start({
    name: "Ana",
    lock: { kind: "unlocked" },
    phrase: null,
  });
const app = states.app({}).peek();
if (app.stage !== "ready") throw new Error(JSON.stringify(app));
await handlers.updateSettings({ undoMs: Number(undoMs) });
for (let number = 0; ; number++) {
  await handlers.post({
    text: `${prefix} ${String(number)}`,
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
  process.stdout.write(`${String(number)}\n`);
}
