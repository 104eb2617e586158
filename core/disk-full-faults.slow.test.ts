import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Transfer } from "#core/contract/collection-models.ts";
import { CoreError } from "#core/contract/errors.ts";
import { createMemoryHub } from "#core/network/memory.ts";
import { testBytes } from "#core/testing/files-device.ts";
import { openLoneCore } from "#core/testing/lone-core.ts";
import type { LoneCore } from "#core/testing/lone-core.ts";
import { contentsOf, writeFiles } from "#core/testing/shares.ts";
import { mountSmallDisk, noSmallDisk } from "#core/testing/small-disk.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { until } from "#core/testing/until.ts";

const MIB = 1024 * 1024;
const why = noSmallDisk();
const note = why === null ? "" : ` (not run: ${why})`;
const PATIENCE = { timeoutMs: 60_000 };

async function person(
  name: string,
  folder: string,
  hub: ReturnType<typeof createMemoryHub>,
): Promise<LoneCore> {
  const core = await openLoneCore(folder, { network: hub.network(name) });
  await core.handlers.start({ name, lock: { kind: "unlocked" }, phrase: null });
  await core.handlers.updateSettings({
    undoMs: 0,
    // The disk is small: what fails here shall be the disk, and not a limit.
    room: { limit: 1_000_000_000, alwaysFree: 0, freeByItself: false },
  });
  return core;
}

async function befriend(one: LoneCore, other: LoneCore): Promise<void> {
  const { link } = await one.handlers.createInvite({
    lifeMs: 60_000,
    uses: 1,
    message: "",
  });
  await other.handlers.openLink({ link });
  await until(other.states.contacts({}), (all) => all.length > 0, PATIENCE);
}

/** Whether it waits for room, as a failure or as a wait. */
function isFull({ state }: Transfer): boolean {
  return (
    state.stage === "room" ||
    (state.stage === "failed" && state.problem === "disk-full")
  );
}

const done = ({ state }: Transfer): boolean => state.stage === "done";

async function waitFor(
  core: LoneCore,
  direction: Transfer["direction"],
  passes: (transfer: Transfer) => boolean,
): Promise<void> {
  await until(
    core.states.transfers({}),
    (all) =>
      all.length > 0 &&
      all.filter((it) => it.direction === direction).every(passes),
    PATIENCE,
  );
}

test.skipIf(why !== null)(
  `DU4: a post on a full disk is refused, nothing acknowledged is lost, and posting works again when there is room${note}`,
  async () => {
    const disk = mountSmallDisk(48);
    const core = await person("Ben", disk.path, createMemoryHub());
    const post = (text: string) =>
      core.handlers.post({
        text,
        audience: "contacts",
        replyTo: null,
        attachments: [],
      });
    const feed = core.states.feed({ filter: "mine", first: 0, count: 500 });
    const saved: string[] = [];
    const refused: unknown[] = [];
    await disk.fill(64 * 1024);
    for (let number = 0; number < 40; number++) {
      const text = `${String(number)} ${"x".repeat(20_000)}`;
      await post(text).then(
        () => saved.push(text),
        (error: unknown) => refused.push(error),
      );
    }
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) {
      expect(error).toBeInstanceOf(CoreError);
      expect(error).toMatchObject({ code: "disk-full" });
    }
    await disk.empty();
    await post("room again");
    saved.push("room again");
    const { items } = await until(
      feed,
      (it) => it.items.some(({ text }) => text === "room again"),
      PATIENCE,
    );
    expect(new Set(items.map(({ text }) => text))).toEqual(new Set(saved));
  },
  90_000,
);

test.skipIf(why !== null).each([0, 1, 4, 9])(
  `DU4: with %i MiB left a download waits for room, and ends by itself when there is some${note}`,
  async (left) => {
    const hub = createMemoryHub();
    const disk = mountSmallDisk(64);
    const home = await tempFolder();
    const songs = join(home, "songs");
    const files: Record<string, Buffer> = {
      "large.bin": testBytes(8 * MIB, 5),
    };
    for (let index = 0; index < 40; index++)
      files[`small/${String(index)}.bin`] = testBytes(100_000, index + 10);
    await mkdir(songs);
    await writeFiles(songs, files);
    const ana = await person("Ana", home, hub);
    const ben = await person("Ben", disk.path, hub);
    await befriend(ana, ben);
    const { grant } = await ana.grants.add(songs);
    await ana.handlers.shareFolder({
      folder: grant,
      title: "Songs",
      about: "",
      audience: { kind: "contacts" },
    });
    await waitFor(ana, "sharing", done);
    const [row] = await until(
      ben.states.collections({}),
      (all) => all[0]?.files === 41,
      PATIENCE,
    );
    if (row === undefined) throw new Error("no collection");
    const into = join(disk.path, "fetched");
    await mkdir(into);
    const target = await ben.grants.add(into);
    await ben.handlers.download({
      collection: row.collection,
      paths: [""],
      folder: target.grant,
    });
    await disk.fill(left * MIB);
    await waitFor(ben, "receiving", (it) => isFull(it) || done(it));
    await waitFor(ben, "receiving", isFull);
    await disk.empty();
    await waitFor(ben, "receiving", done);
    expect(await contentsOf(join(into, "Songs"))).toEqual(
      await contentsOf(songs),
    );
    expect([...ana.bugs, ...ben.bugs]).toEqual([]);
    await ben.close();
  },
  150_000,
);

test.skipIf(why !== null)(
  `DU4: sharing a folder on a full disk says so, and ends by itself when there is room${note}`,
  async () => {
    const disk = mountSmallDisk(48);
    const home = await tempFolder();
    const songs = join(home, "songs");
    await mkdir(songs);
    const files: Record<string, Buffer> = {};
    for (let index = 0; index < 3_000; index++)
      files[`${String(index % 30)}/${String(index)}.txt`] = testBytes(
        50,
        index,
      );
    await writeFiles(songs, files);
    const core = await person("Ana", disk.path, createMemoryHub());
    await disk.fill(0);
    const { grant } = await core.grants.add(songs);
    const share = () =>
      core.handlers.shareFolder({
        folder: grant,
        title: "Songs",
        about: "",
        audience: { kind: "contacts" },
      });
    // Nothing of it can be written down.
    await expect(share()).rejects.toMatchObject({ code: "disk-full" });
    await disk.empty();
    await disk.fill(512 * 1024);
    const started = await share().catch(() => null);
    if (started !== null)
      await waitFor(core, "sharing", (it) => isFull(it) || done(it));
    await disk.empty();
    if (started === null) await share();
    await waitFor(core, "sharing", done);
    expect(core.states.collections({}).peek()[0]?.files).toBe(3_000);
    expect(core.bugs).toEqual([]);
    await core.close();
  },
  150_000,
);
