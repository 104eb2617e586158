import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createLogger } from "#core/base/logger.ts";
import type { Logger } from "#core/base/logger.ts";
import { createMemoryHub } from "#core/network/memory.ts";
import { openLoneCore } from "#core/testing/lone-core.ts";
import type { LoneCore } from "#core/testing/lone-core.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { until } from "#core/testing/until.ts";

const KEY = /[ybndrfg8ejkmcpqxot1uwisza345h769]{52}|[0-9a-f]{64}/;
const ADDRESS = /\d{1,3}(\.\d{1,3}){3}/;

/** Words that nobody else says. */
const canaries: string[] = [];
function canary(): string {
  const word = `kanarie${String(canaries.length)}q`;
  canaries.push(word);
  return word;
}

async function open(
  hub: ReturnType<typeof createMemoryHub>,
  name: string,
  logger: Logger,
): Promise<{ core: LoneCore; folder: string }> {
  const folder = join(await tempFolder(), canary());
  await mkdir(folder);
  const network = hub.network(name);
  onTestFinished(() => network.close());
  const core = await openLoneCore(folder, { network, logger });
  await core.handlers.start({
    name: `${name} ${canary()}`,
    lock: { kind: "unlocked" },
    phrase: null,
  });
  await core.handlers.updateSettings({ undoMs: 0 });
  return { core, folder };
}

async function share({ handlers, grants, states }: LoneCore, at: string) {
  const folder = join(at, canary());
  await mkdir(folder);
  for (let file = 0; file < 20; file++)
    await writeFile(join(folder, `${canary()}.txt`), canary());
  const { grant } = await grants.add(folder);
  const { collection } = await handlers.shareFolder({
    folder: grant,
    title: canary(),
    about: canary(),
    audience: { kind: "contacts" },
  });
  await until(states.transfers({}), (all) =>
    all.every(({ state }) => state.stage === "done"),
  );
  return collection;
}

test("M6: of a hundred words planted in names, texts, files, folders and paths none comes into the log, nor a key or an address", async () => {
  const lines: string[] = [];
  const logger = createLogger(
    (line) => lines.push(line),
    () => "R",
  );
  const hub = createMemoryHub();
  const { core: ana, folder } = await open(hub, "Ana", logger);
  const { core: ben, folder: away } = await open(hub, "Ben", logger);
  const made = { lifeMs: 3_600_000, uses: 1, message: canary() };
  const { link } = await ana.handlers.createInvite(made);
  await ben.handlers.openLink({ link });
  const [contact] = await until(
    ana.states.contacts({}),
    ({ length }) => length === 1,
  );
  if (contact === undefined) throw new Error("no contact");
  await ana.handlers.setNickname({
    person: contact.person,
    nickname: canary(),
  });
  for (let count = 0; count < 10; count++)
    await ana.handlers.post({
      text: canary(),
      audience: "contacts",
      replyTo: null,
      attachments: [],
    });
  await ana.handlers.saveDraft({
    place: "feed",
    text: canary(),
    audience: "contacts",
  });
  await ana.handlers.setProfile({
    name: canary(),
    about: canary(),
    picture: { kind: "keep" },
  });
  const collections = [await share(ana, folder), await share(ana, folder)];
  await until(ben.states.collections({}), ({ length }) => length === 2);

  // What fails says most: calls that are refused, a folder where there is none, a cut line.
  for (const [index, collection] of collections.entries()) {
    const into = join(away, canary());
    await (index === 0 ? mkdir(into) : writeFile(into, canary()));
    const { grant } = await ben.grants.add(into);
    const paths = index === 0 ? [""] : [canary()];
    const input = { collection, paths, folder: grant };
    await ben.handlers.download(input).catch(() => undefined);
  }
  const refused: readonly Promise<unknown>[] = [
    ana.handlers.openLink({ link: `commonplace:${canary()}` }),
    ana.handlers.grantFolder({ path: join(folder, canary()) }),
    ana.handlers.listFolders({ path: join(folder, canary()) }),
    ana.handlers.connectTo({ address: "192.0.2.77:4000" }),
  ];
  await Promise.allSettled(refused);
  hub.unplug("Ana");
  hub.plug("Ana");
  // A fault of ours, with all that an error of the system says.
  logger.bug(new Error(`ENOENT: no such file, open '${folder}'`), "planted");
  await ana.close();
  await ben.close();

  expect(canaries.length).toBeGreaterThanOrEqual(100);
  const log = lines.join("\n");
  expect(lines.length).toBeGreaterThan(0);
  expect(canaries.filter((word) => log.includes(word))).toEqual([]);
  expect(log).not.toMatch(KEY);
  expect(log).not.toMatch(ADDRESS);
  expect(log).not.toContain(folder);
});
