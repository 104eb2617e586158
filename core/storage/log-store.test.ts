import {
  cp,
  readFile,
  readdir,
  rename,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import NoiseSecretStream from "@hyperswarm/secret-stream";
import Corestore from "corestore";
import Hypercore from "hypercore";
import { expect, onTestFinished, test, vi } from "vitest";
import z32 from "z32";
import { keyPairOf } from "#core/identity/device.ts";
import { createPipe } from "#core/network/pipe.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { next, untilTrue } from "#core/testing/until.ts";
import { LogStore } from "./log-store.ts";
import type { Log } from "./log.ts";

const READ_KEY = seededRandom("read key").bytes(32);
const WRITER = keyPairOf(seededRandom("writer").bytes(32));
const block = (text: string) => Buffer.from(text);

/** Opens a store that is closed when the test ends, if it was not before. */
async function openStore(folder: string): Promise<LogStore> {
  const store = await LogStore.open(folder);
  onTestFinished(() => store.close());
  return store;
}

async function texts(log: Log): Promise<readonly (string | undefined)[]> {
  const blocks = await Promise.all(
    Array.from({ length: log.length }, (_, at) => log.read(at)),
  );
  return blocks.map((one) => one?.toString());
}

/** Puts two ends of an encrypted stream between two logs of the same key. */
function replicate(a: { replicate(to: unknown): unknown }, b: typeof a) {
  const [near, far] = createPipe();
  const ends = [
    new NoiseSecretStream(true, near),
    new NoiseSecretStream(false, far),
  ];
  for (const end of ends) end.on("error", () => undefined);
  a.replicate(ends[0]);
  b.replicate(ends[1]);
  const closed = ends.map(
    (end) => new Promise((resolve) => end.once("close", resolve)),
  );
  const cut = async (): Promise<void> => {
    for (const end of ends) end.destroy();
    await Promise.all(closed);
  };
  onTestFinished(cut);
  return cut;
}

test("SP3: blocks are there again after a restart, under a key that follows from the writer", async () => {
  const folder = await tempFolder();
  const first = await openStore(folder);
  const log = await first.openOwn(WRITER, READ_KEY);
  expect(log.key).toBe(LogStore.keyOf(WRITER));
  expect(await log.append([block("one"), block("two")])).toBe(0);
  expect(await log.append([block("three")])).toBe(2);
  await first.close();
  const second = await openStore(folder);
  const again = await second.openOwn(WRITER, READ_KEY);
  expect(await texts(again)).toEqual(["one", "two", "three"]);
  expect(again.heldLength).toBe(3);
});

test("a block that is not here is null, at once", async () => {
  const store = await openStore(await tempFolder());
  const log = await store.openOwn(WRITER, READ_KEY);
  await log.append([block("one")]);
  expect(await log.read(1)).toBeNull();
});

test("a log is open once, whoever asks", async () => {
  const store = await openStore(await tempFolder());
  const [a, b] = await Promise.all([
    store.openOwn(WRITER, READ_KEY),
    store.openOwn(WRITER, READ_KEY),
  ]);
  expect(a).toBe(b);
  await store.release(a.key);
  expect(await a.read(0)).toBeNull();
  const c = await store.openOwn(WRITER, READ_KEY);
  expect(c).not.toBe(a);
  await c.append([block("one")]);
  expect(await texts(c)).toEqual(["one"]);
});

test("SP3: a log that another device writes cannot be written", async () => {
  const store = await openStore(await tempFolder());
  const log = await store.openForeign(LogStore.keyOf(WRITER), READ_KEY);
  expect(log.isWritable).toBe(false);
  await expect(log.append([block("forged")])).rejects.toThrow();
  expect(log.length).toBe(0);
});

test("SP8: without the read key a log is noise", async () => {
  const author = await openStore(await tempFolder());
  const log = await author.openOwn(WRITER, READ_KEY);
  await log.append([block("for those with the key")]);
  const stranger = await openStore(await tempFolder());
  const wrongKey = Buffer.alloc(32, 1);
  const seen = await stranger.openForeign(log.key, wrongKey);
  replicate(log, seen);
  await untilTrue(() => seen.heldLength === 1);
  expect((await seen.read(0))?.toString()).not.toContain("key");
});

test("a second opening of the same folder is refused while the first lasts", async () => {
  const folder = await tempFolder();
  const first = await openStore(folder);
  await expect(LogStore.open(folder)).rejects.toMatchObject({
    code: "store-busy",
  });
  const log = await first.openOwn(WRITER, READ_KEY);
  await log.append([block("still alive")]);
  await first.close();
  const second = await openStore(folder);
  expect(await texts(await second.openOwn(WRITER, READ_KEY))).toEqual([
    "still alive",
  ]);
});

test("a folder that was copied is not opened as if it were the first", async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  await store.close();
  const copy = await tempFolder();
  await cp(join(folder, "logs"), join(copy, "logs"), { recursive: true });
  await expect(LogStore.open(copy)).rejects.toMatchObject({
    code: "store-moved",
  });
});

test("a copy onto the same kind of disk is not opened either", async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  await store.close();
  const mark = join(folder, "logs", "CORESTORE");
  const content = await readFile(mark, "utf8");
  await writeFile(mark, content.replace(/inode=\d+/, "inode=7"));
  await expect(LogStore.open(folder)).rejects.toMatchObject({
    code: "store-moved",
  });
});

test.each([
  ["was cut short", (mark: string) => writeFile(mark, "")],
  ["got another time", (mark: string) => utimes(mark, 5, 5)],
])(
  "a store whose mark %s, as a killed or stopped start leaves it, opens with all it has",
  async (_what, spoil) => {
    const folder = await tempFolder();
    const store = await openStore(folder);
    await (await store.openOwn(WRITER, READ_KEY)).append([block("one")]);
    await store.close();
    await spoil(join(folder, "logs", "CORESTORE"));
    const second = await openStore(folder);
    expect(await texts(await second.openOwn(WRITER, READ_KEY))).toEqual([
      "one",
    ]);
  },
);

test("a store that cannot be read says so and stays as it is", async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  await (await store.openOwn(WRITER, READ_KEY)).append([block("one")]);
  await store.close();
  const database = join(folder, "logs", "db");
  const names = await readdir(database);
  const current = join(database, "CURRENT");
  await rename(current, `${current}.kept`);
  await writeFile(current, "MANIFEST-999999\n");
  await expect(LogStore.open(folder)).rejects.toMatchObject({
    code: "store-damaged",
  });
  expect(await readdir(database)).toEqual(expect.arrayContaining(names));
});

/** A cheating author's end: the same log in a store without our rules. */
async function cheat() {
  const store = new Corestore(await tempFolder());
  const core = store.get({
    key: z32.decode(LogStore.keyOf(WRITER)),
    manifest: { version: 1, signers: [{ publicKey: WRITER.publicKey }] },
    encryption: { key: READ_KEY },
  });
  await core.ready();
  onTestFinished(() => store.close());
  return core;
}

test("SP7: an author who takes blocks back takes none from a reader", async () => {
  const author = await cheat();
  const before = ["one", "two", "three"];
  await author.append(before.map(block), { keyPair: WRITER });
  const folder = await tempFolder();
  const reader = await openStore(folder);
  const log = await reader.openForeign(LogStore.keyOf(WRITER), READ_KEY);
  const cut = replicate(author, log);
  await untilTrue(() => log.heldLength === 3);

  await author.truncate(1, { keyPair: WRITER });
  await author.append([block("other"), block("history"), block("longer")], {
    keyPair: WRITER,
  });
  expect(author.length).toBe(4);
  await cut();
  replicate(author, log);
  // A second log on a line of its own shows that there was time to follow.
  const honest = await openStore(await tempFolder());
  const other = keyPairOf(seededRandom("other writer").bytes(32));
  const told = await honest.openOwn(other, READ_KEY);
  await told.append([block("honest")]);
  const heard = await reader.openForeign(told.key, READ_KEY);
  replicate(told, heard);
  await untilTrue(() => heard.heldLength === 1);
  expect(await texts(log)).toEqual(before);
  await reader.close();
  const again = await openStore(folder);
  const kept = await again.openForeign(LogStore.keyOf(WRITER), READ_KEY);
  expect(await texts(kept)).toEqual(before);
});

test("SP7: two histories under one number are noticed, and what was here stays", async () => {
  const author = await cheat();
  await author.append(["one", "two"].map(block), { keyPair: WRITER });
  const reader = await openStore(await tempFolder());
  const log = await reader.openForeign(LogStore.keyOf(WRITER), READ_KEY);
  const cut = replicate(author, log);
  await untilTrue(() => log.heldLength === 2);
  await cut();

  const twin = await cheat();
  await twin.append(["one", "TWO", "three"].map(block), { keyPair: WRITER });
  const noticed = next(log.split);
  replicate(twin, log);
  await noticed;
  await untilTrue(() => log.heldLength === 2);
  expect(await texts(log)).toEqual(["one", "two"]);
});

/** From now on the store refuses writes, as after a full disk, until it is opened anew. */
function refuseWrites() {
  const spy = vi
    .spyOn(Hypercore.prototype, "append")
    .mockRejectedValue(new Error("Batch was not applied"));
  onTestFinished(() => {
    spy.mockRestore();
  });
  return spy;
}

test("DU4: a store that refused a write takes the next one once there is room", async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  const log = await store.openOwn(WRITER, READ_KEY);
  await log.append([block("before")]);
  const reader = await openStore(await tempFolder());
  const seen = await reader.openForeign(log.key, READ_KEY);
  replicate(log, seen);
  await untilTrue(() => seen.heldLength === 1);

  const refusing = refuseWrites();
  const opened = vi.spyOn(Corestore.prototype, "ready");
  onTestFinished(() => {
    opened.mockRestore();
  });
  opened.mockImplementationOnce(function (this: Corestore) {
    refusing.mockRestore();
    opened.mockRestore();
    return this.ready();
  });
  const [first, second] = await Promise.all([
    log.append([block("one")]),
    log.append([block("two")]),
  ]);
  expect([first, second]).toEqual([1, 2]);
  expect(await texts(log)).toEqual(["before", "one", "two"]);
  // The line that was up goes on.
  await untilTrue(() => seen.heldLength === 3);
});

test("DU4: as long as there is no room each write says so, and reading goes on", async () => {
  const store = await openStore(await tempFolder());
  const log = await store.openOwn(WRITER, READ_KEY);
  await log.append([block("before")]);
  const refusing = refuseWrites();
  for (let time = 0; time < 3; time++)
    await expect(log.append([block("no")])).rejects.toMatchObject({
      code: "disk-full",
    });
  expect(await texts(log)).toEqual(["before"]);
  refusing.mockRestore();
  expect(await log.append([block("yes")])).toBe(1);
  expect(await texts(log)).toEqual(["before", "yes"]);
});

test("the store grows in the files that the barrier syncs, and nowhere else", async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  const log = await store.openOwn(WRITER, READ_KEY);
  await log.append([block("first")]);
  const before = await sizes(join(folder, "logs"));
  await log.append([Buffer.alloc(20_000, "x")]);
  const after = await sizes(join(folder, "logs"));
  const grown = [...after].filter(([name, size]) => before.get(name) !== size);
  expect(grown.map(([name]) => name)).toEqual([
    expect.stringMatching(/^db\/\d+\.log$/),
  ]);
});

async function sizes(folder: string): Promise<Map<string, number>> {
  const names = await readdir(folder, { recursive: true });
  const facts = await Promise.all(
    names.map(
      async (name) => [name, (await stat(join(folder, name))).size] as const,
    ),
  );
  return new Map(facts);
}
