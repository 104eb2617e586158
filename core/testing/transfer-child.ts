import { stat } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createCore } from "#core/core.ts";
import type { Core } from "#core/core-port.ts";
import { createMemoryHub } from "#core/network/memory.ts";
import { until } from "./until.ts";

/*
 * Two people in one process, for tests that kill it: Ana shares the folder
 * `songs`, Ben fetches it into `fetched`. Each run goes on with what an earlier
 * one left. Says `sharing`, `fetching` and `done`, and `bug` with every bug.
 */
const [, , folder = ""] = process.argv;
const hub = createMemoryHub();
const PATIENCE = { timeoutMs: 60_000 };

async function open(name: string): Promise<Core> {
  const core = await createCore({
    dataFolder: join(folder, name),
    network: hub.network(name),
    clock: systemClock,
    random: systemRandom,
    logger: createLogger(
      (line) => {
        if (line.startsWith('{"level":"bug"')) say(`bug ${line}`);
      },
      () => "child",
    ),
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
    await handlers.start({ name, lock: { kind: "unlocked" }, phrase: null });
  return core;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const ana = await open("ana");
const ben = await open("ben");
if (ben.states.contacts({}).peek().length === 0) {
  const { link } = await ana.handlers.createInvite({
    lifeMs: 60 * 60 * 1000,
    uses: 1,
    message: "",
  });
  await ben.handlers.openLink({ link });
}
await until(ben.states.contacts({}), (all) => all.length > 0, PATIENCE);
say("sharing");
if (ana.states.collections({}).peek().length === 0) {
  const { grant } = await ana.grants.add(join(folder, "songs"));
  await ana.handlers.shareFolder({
    folder: grant,
    title: "Songs",
    about: "",
    audience: { kind: "contacts" },
  });
}
await until(
  ana.states.transfers({}),
  (all) => all.every(({ state }) => state.stage === "done"),
  PATIENCE,
);
const files = ana.states.collections({}).peek()[0]?.files ?? 0;
const [row] = await until(
  ben.states.collections({}),
  (all) => all[0]?.files === files && files > 0,
  PATIENCE,
);
say("fetching");
const isFetching = ben.states
  .transfers({})
  .peek()
  .some(({ direction }) => direction === "receiving");
if (row !== undefined && !isFetching) {
  const into = join(folder, "fetched");
  await stat(into);
  const { grant } = await ben.grants.add(into);
  await ben.handlers.download({
    collection: row.collection,
    paths: [""],
    folder: grant,
  });
}
await until(
  ben.states.transfers({}),
  (all) => all.length > 0 && all.every(({ state }) => state.stage === "done"),
  PATIENCE,
);
await ben.close();
await ana.close();
say("done");
process.exit(0);
