import {
  copyFile,
  cp,
  readFile,
  readdir,
  rm,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLogger } from "#core/base/logger.ts";
import type { LockChoice } from "#core/contract/methods.ts";
import type { Keyring } from "#core/core-port.ts";
import { openLoneCore } from "#core/testing/lone-core.ts";
import type { LoneCore } from "#core/testing/lone-core.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testPhrase } from "#core/testing/test-identity.ts";
import { until } from "#core/testing/until.ts";

const PASSWORD = "correct horse";
const unlocked = { kind: "unlocked" } as const;

function stageOf({ states }: LoneCore) {
  return states.app({}).peek();
}

function nameOf({ states }: LoneCore): string | undefined {
  return states.me({}).peek()?.name;
}

async function start(
  { handlers }: LoneCore,
  lock: LockChoice = unlocked,
  phrase: string | null = null,
) {
  await handlers.start({ name: "Ana", lock, phrase });
}

/** A keyring that can be lost. */
function testKeyring(): Keyring & { lost: boolean } {
  const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a);
  return {
    lost: false,
    seal: (secret) => Promise.resolve(turned(secret)),
    unseal(sealed) {
      if (this.lost) return Promise.reject(new Error("locked"));
      return Promise.resolve(turned(sealed));
    },
  };
}

test("a new app is set up, says so, and is ready after it", async () => {
  const core = await openLoneCore(await tempFolder());
  expect(stageOf(core)).toEqual({
    stage: "setup",
    locks: ["password", "unlocked"],
  });
  await start(core);
  expect(stageOf(core)).toEqual({ stage: "ready", lock: "unlocked" });
  expect(nameOf(core)).toBe("Ana");
  expect(core.bugs).toEqual([]);
});

test("before it is set up, everything is empty and every call says not ready", async () => {
  const { states, handlers } = await openLoneCore(await tempFolder());
  expect(states.me({}).peek()).toBeNull();
  expect(states.contacts({}).peek()).toEqual([]);
  const invite = { lifeMs: 60_000, uses: 1, message: "" };
  const calls = [
    () => handlers.createInvite(invite),
    () => handlers.showPhrase({}),
    () => handlers.markAllRead({}),
    () => handlers.readLink({ link: "" }),
  ];
  for (const call of calls)
    await expect((async () => await call())()).rejects.toMatchObject({
      code: "not-ready",
    });
  await expect(handlers.unlock({ password: "x" })).rejects.toMatchObject({
    code: "not-ready",
  });
});

test("a state watched before the start shows what comes after it", async () => {
  const core = await openLoneCore(await tempFolder());
  const me = until(core.states.me({}), (it) => it !== null);
  await start(core);
  expect((await me)?.name).toBe("Ana");
});

test("a second start is refused, also one that comes at the same time", async () => {
  const core = await openLoneCore(await tempFolder());
  const both = await Promise.allSettled([start(core), start(core)]);
  expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  await expect(start(core)).rejects.toMatchObject({ code: "already-started" });
  expect(nameOf(core)).toBe("Ana");
});

test("a start with an empty name, short password or wrong words makes nothing", async () => {
  const core = await openLoneCore(await tempFolder());
  const { handlers } = core;
  const refusals = [
    [{ name: " ", lock: unlocked, phrase: null }, "name-empty"],
    [
      {
        name: "A",
        lock: { kind: "password", password: "short" },
        phrase: null,
      },
      "password-short",
    ],
    [{ name: "A", lock: unlocked, phrase: "twelve words" }, "phrase-wrong"],
    [
      { name: "A", lock: { kind: "keyring" }, phrase: null },
      "lock-unavailable",
    ],
  ] as const;
  for (const [input, code] of refusals)
    await expect(handlers.start(input)).rejects.toMatchObject({ code });
  expect(stageOf(core).stage).toBe("setup");
  await start(core);
  expect(stageOf(core).stage).toBe("ready");
});

test("ID4: under a password the app is locked until the right one comes", async () => {
  const folder = await tempFolder();
  const first = await openLoneCore(folder);
  await start(first, { kind: "password", password: PASSWORD });
  expect(stageOf(first)).toEqual({ stage: "ready", lock: "password" });
  await first.close();
  const core = await openLoneCore(folder);
  expect(stageOf(core)).toEqual({ stage: "locked", lock: "password" });
  expect(core.states.me({}).peek()).toBeNull();
  await expect(start(core)).rejects.toMatchObject({ code: "already-started" });
  await expect(
    core.handlers.unlock({ password: "wrong horse" }),
  ).rejects.toMatchObject({ code: "password-wrong" });
  expect(stageOf(core).stage).toBe("locked");
  await core.handlers.unlock({ password: PASSWORD });
  expect(stageOf(core)).toEqual({ stage: "ready", lock: "password" });
  expect(nameOf(core)).toBe("Ana");
});

test("ID4: the words open what a lost password locks, and only one's own words", async () => {
  const folder = await tempFolder();
  const first = await openLoneCore(folder);
  await start(first, { kind: "password", password: PASSWORD });
  const { words } = await first.handlers.showPhrase({});
  await first.close();
  const core = await openLoneCore(folder);
  await expect(
    core.handlers.unlockWithWords({ phrase: testPhrase("Ben") }),
  ).rejects.toMatchObject({ code: "not-found" });
  await core.handlers.unlockWithWords({ phrase: words.join(" ") });
  expect([stageOf(core).stage, nameOf(core)]).toEqual(["ready", "Ana"]);
});

test("ID4: a keyring opens by itself, and the words do when it is lost", async () => {
  const folder = await tempFolder();
  const keyring = testKeyring();
  const first = await openLoneCore(folder, { keyring });
  expect(stageOf(first)).toEqual({
    stage: "setup",
    locks: ["keyring", "password", "unlocked"],
  });
  await start(first, { kind: "keyring" });
  const { words } = await first.handlers.showPhrase({});
  await first.close();
  const second = await openLoneCore(folder, { keyring });
  expect(stageOf(second)).toEqual({ stage: "ready", lock: "keyring" });
  await second.close();
  keyring.lost = true;
  const third = await openLoneCore(folder, { keyring });
  expect(stageOf(third)).toEqual({ stage: "locked", lock: "keyring" });
  await third.handlers.unlockWithWords({ phrase: words.join(" ") });
  expect(nameOf(third)).toBe("Ana");
});

test("ID5: words on a new computer are the same person with logs of their own", async () => {
  const first = await openLoneCore(await tempFolder());
  await start(first);
  const { words } = await first.handlers.showPhrase({});
  const second = await openLoneCore(await tempFolder());
  await start(second, unlocked, words.join(" "));
  const [a, b] = [first, second].map(({ states }) => states.me({}).peek());
  expect(a?.person).toBe(b?.person);
  const posts = [];
  for (const core of [first, second]) {
    await core.handlers.updateSettings({ undoMs: 0 });
    await core.handlers.post({
      text: "hello",
      audience: "link",
      replyTo: null,
      attachments: [],
    });
    const feed = { filter: "mine", first: 0, count: 1 } as const;
    posts.push(core.states.feed(feed).peek().items[0]?.ref.split(".")[0]);
  }
  expect(new Set(posts).size).toBe(2);
  expect(posts).not.toContain(undefined);
});

test("a folder in use is refused, and its owner goes on", async () => {
  const folder = await tempFolder();
  const core = await openLoneCore(folder);
  await start(core);
  await expect(openLoneCore(folder)).rejects.toMatchObject({
    code: "store-busy",
  });
  await core.handlers.saveDraft({ place: "x", text: "y", audience: "link" });
  await core.close();
  const again = await openLoneCore(folder);
  expect(stageOf(again).stage).toBe("ready");
});

test.each([
  ["commonplace.json", '{"format":"commonplace","version":9}', "store-newer"],
  ["commonplace.json", "", "store-damaged"],
  ["vault.json", "{}", "store-damaged"],
  ["local.db", "no database ".repeat(1000), "store-damaged"],
] as const)(
  "a start that cannot be, %#: damage in %s, is a stage and no crash",
  async (name, content, problem) => {
    const folder = await tempFolder();
    const first = await openLoneCore(folder);
    await start(first);
    await first.close();
    const path = join(folder, "data", name);
    await writeFile(path, content);
    // What a write-ahead log holds would be put back over the damage.
    await rm(`${path}-wal`, { force: true });
    const core = await openLoneCore(folder);
    expect(stageOf(core)).toMatchObject({ stage: "failed", problem });
    await expect(start(core)).rejects.toThrow();
    await core.close();
    expect(await readFile(path, "utf8")).toBe(content);
  },
);

test("a start that failed says which part and why, in the log too, and is tried again when asked", async () => {
  const folder = await tempFolder();
  const first = await openLoneCore(folder);
  await start(first);
  await first.close();
  const data = join(folder, "data");
  await cp(data, join(folder, "whole"), { recursive: true });
  for (const name of ["local.db", "local.db-wal", "local.db-shm"])
    await rm(join(data, name), { force: true });
  await writeFile(join(data, "local.db"), "no database ".repeat(1000));
  const lines: string[] = [];
  const logger = createLogger(
    (line) => lines.push(line),
    () => "R",
  );
  const core = await openLoneCore(folder, { logger });
  const detail = "local.db: SQLITE_NOTADB file is not a database";
  const damaged = { stage: "failed", problem: "store-damaged", detail };
  expect(stageOf(core)).toEqual(damaged);
  expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual({
    level: "warn",
    message: "start failed",
    code: "store-damaged",
    detail,
  });
  await core.handlers.startAgain({});
  expect(stageOf(core)).toEqual(damaged);
  await rm(join(data, "local.db"));
  for (const name of await readdir(join(folder, "whole")))
    if (name.startsWith("local.db"))
      await copyFile(join(folder, "whole", name), join(data, name));
  await core.handlers.startAgain({});
  expect(stageOf(core)).toEqual({ stage: "ready", lock: "unlocked" });
  // Where all is well, nothing is started again.
  await core.handlers.startAgain({});
  expect(nameOf(core)).toBe("Ana");
});

test("two starts of a new folder at once: one gets it, and it opens ever after", async () => {
  for (let round = 0; round < 10; round++) {
    const folder = await tempFolder();
    const both = await Promise.allSettled([
      openLoneCore(folder),
      openLoneCore(folder),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([
      "fulfilled",
      "rejected",
    ]);
    for (const one of both)
      if (one.status === "fulfilled") await one.value.close();
      else expect(one.reason).toMatchObject({ code: "store-busy" });
    const after = await openLoneCore(folder);
    expect(stageOf(after).stage).toBe("setup");
    await after.close();
  }
});

test("a start that was cut short is made up for at the next one", async () => {
  const folder = await tempFolder();
  const first = await openLoneCore(folder);
  await start(first);
  const data = join(folder, "data");
  await first.close();
  // As if power went right after the vault was written.
  const cut = await tempFolder();
  const fresh = await openLoneCore(cut);
  await fresh.close();
  await copyFile(join(data, "vault.json"), join(cut, "data", "vault.json"));
  const core = await openLoneCore(cut);
  expect(stageOf(core).stage).toBe("ready");
  await core.handlers.setProfile({
    name: "Ana again",
    about: "",
    picture: { kind: "keep" },
  });
  expect(nameOf(core)).toBe("Ana again");
  expect(await readdir(join(cut, "data"))).toContain("vault.json");
});

test("EN3: a clock that jumps about neither crashes the app nor turns its posts around", async () => {
  const clock = createManualClock();
  const core = await openLoneCore(await tempFolder(), { clock });
  await start(core);
  await core.handlers.updateSettings({ undoMs: 0 });
  const day = 24 * 60 * 60 * 1000;
  const jumps = [0, 365 * day, -730 * day, day, -1, 3_600_000];
  for (const [index, jump] of jumps.entries()) {
    clock.jump(jump);
    await core.handlers.post({
      text: String(index),
      audience: "link",
      replyTo: null,
      attachments: [],
    });
  }
  const feed = { filter: "mine", first: 0, count: 10 } as const;
  expect(core.states.feed(feed).peek().total).toBe(jumps.length);
  expect(core.bugs).toEqual([]);
});

test("ID4: the lock is changed by whoever knows the present one, or came in by the words", async () => {
  const folder = await tempFolder();
  const core = await openLoneCore(folder);
  await start(core, { kind: "password", password: PASSWORD });
  const { words } = await core.handlers.showPhrase({});
  const next = { kind: "password", password: "battery staple" } as const;
  await expect(
    core.handlers.changeLock({ lock: next, password: "something else" }),
  ).rejects.toMatchObject({ code: "password-wrong" });
  await core.handlers.changeLock({ lock: next, password: PASSWORD });
  await core.close();

  const forgotten = await openLoneCore(folder);
  await expect(
    forgotten.handlers.unlock({ password: PASSWORD }),
  ).rejects.toMatchObject({ code: "password-wrong" });
  await forgotten.handlers.unlockWithWords({ phrase: words.join(" ") });
  await forgotten.handlers.changeLock({ lock: unlocked, password: null });
  expect(stageOf(forgotten)).toEqual({ stage: "ready", lock: "unlocked" });
  await forgotten.close();

  const reopened = await openLoneCore(folder);
  expect(stageOf(reopened)).toEqual({ stage: "ready", lock: "unlocked" });
  expect(nameOf(reopened)).toBe("Ana");
});
