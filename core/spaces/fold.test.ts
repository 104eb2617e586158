import { expect, test } from "vitest";
import { CoreError } from "#core/contract/errors.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import type {
  SpaceDevice,
  SpaceDeviceOptions,
} from "#core/testing/space-device.ts";
import type { SpaceLink } from "./charter.ts";
import { spaceIdOf } from "./charter.ts";
import { Folder, compareEntries } from "./fold.ts";
import type { PlacedEntry } from "./fold.ts";

interface FoldingDevice extends SpaceDevice {
  readonly folder: string;
  readonly blocks: Folder;
  readonly noted: PlacedEntry[];
  /** Settles so far. */
  readonly settles: () => number;
  /** What went wrong when an entry with this text was noted. */
  readonly refuse: Set<string>;
}

async function openFolding(
  options: SpaceDeviceOptions = {},
): Promise<FoldingDevice> {
  const device = await openSpaceDevice("ana", options);
  const noted: PlacedEntry[] = [];
  const refuse = new Set<string>();
  let settles = 0;
  const blocks = new Folder({
    ...device,
    index: device.stores.index,
    foldings: [
      {
        note(entry) {
          if (refuse.has("full")) throw new CoreError("disk-full", {});
          if (refuse.has(textOf(entry))) throw new Error("poison");
          noted.push(entry);
        },
        settle() {
          settles += 1;
        },
      },
    ],
  });
  blocks.start();
  return {
    ...device,
    blocks,
    noted,
    settles: () => settles,
    refuse,
    async close() {
      await blocks.close();
      await device.close();
    },
  };
}

function textOf({ entry }: PlacedEntry): string {
  return String(entry["text"]);
}

function feedLink({ identity }: SpaceDevice, name: string): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "feed",
      founder: identity.person,
      nonce: Buffer.from(name.padEnd(16)).toString("hex"),
      audience: "link",
    },
    readKey: Buffer.alloc(32, name),
  };
}

async function write(
  device: SpaceDevice,
  name: string,
  ...texts: readonly string[]
): Promise<void> {
  const { id } = await device.spaces.hold(feedLink(device, name));
  for (const text of texts)
    await device.spaces.append(id, [{ type: "test", text }]);
}

test("EN2: each entry is noted once, at its place, in the order of its log", async () => {
  const device = await openFolding();
  const { id } = await device.spaces.hold(feedLink(device, "a"));
  const { log, firstBlock } = await device.spaces.append(id, [
    { type: "test", text: "one" },
    { type: "test", text: "two" },
  ]);
  await write(device, "a", "three");
  await device.blocks.settled();
  expect(device.noted.map((it) => [it.ref, textOf(it)])).toEqual([
    [`${log}.${String(firstBlock)}.0`, "one"],
    [`${log}.${String(firstBlock)}.1`, "two"],
    [`${log}.${String(firstBlock + 1)}.0`, "three"],
  ]);
  expect(firstBlock).toBe(1);
});

test("EN4: folding goes on where it stopped, also after a restart", async () => {
  const first = await openFolding();
  await write(first, "a", "one", "two");
  await first.blocks.settled();
  await first.close();
  const second = await openFolding({ folder: first.folder });
  await write(second, "a", "three");
  await second.blocks.settled();
  expect(second.noted.map(textOf)).toEqual(["three"]);
});

test("EN1: blocks of a newer version and broken ones are kept and passed over", async () => {
  const device = await openFolding();
  await write(device, "a", "one");
  const link = feedLink(device, "a");
  const space = device.spaces.get(spaceIdOf(link.charter));
  const [member] = [...(space?.logs.values() ?? [])];
  const newer = Buffer.from("\u0002whatever comes");
  await member?.log.append([newer, Buffer.from("\u0001{"), Buffer.alloc(0)]);
  await write(device, "a", "two");
  await device.blocks.settled();
  expect(device.noted.map(textOf)).toEqual(["one", "two"]);
  expect(await member?.log.read(2)).toEqual(newer);
});

test("EN3: entries keep the order of their log and say what their clock said", async () => {
  const clock = createManualClock(1_000_000_000);
  const first = await openFolding({ clock });
  await write(first, "a", "one", "two");
  await first.blocks.settled();
  await first.close();
  clock.jump(-900_000_000);
  const second = await openFolding({ folder: first.folder, clock });
  await write(second, "a", "three", "four");
  await second.blocks.settled();
  const all = [...first.noted, ...second.noted];
  expect([...all].sort(compareEntries).map(textOf)).toEqual([
    "one",
    "two",
    "three",
    "four",
  ]);
  expect(all.map(({ writtenAt }) => writtenAt)).toEqual([
    1_000_000_000, 1_000_000_000, 100_000_000, 100_000_000,
  ]);
});

test("entries of one block stand in the order of their positions", async () => {
  const device = await openFolding();
  const { id } = await device.spaces.hold(feedLink(device, "a"));
  const texts = Array.from({ length: 120 }, (_, at) => String(at));
  const entries = texts.map((text) => ({ type: "test", text }));
  await device.spaces.append(id, entries);
  await device.blocks.settled();
  const turned = [...device.noted].reverse().sort(compareEntries);
  expect(turned.map(textOf)).toEqual(texts);
});

test("long logs are folded in slices, each settled once", async () => {
  const device = await openFolding();
  const link = feedLink(device, "a");
  const { id } = await device.spaces.hold(link);
  await write(device, "a", "first");
  await device.blocks.settled();
  const before = device.settles();
  const texts = Array.from({ length: 3000 }, (_, at) => String(at));
  const long = texts.map((text) => ({
    type: "test",
    text,
    fill: "x".repeat(9_000),
  }));
  await device.spaces.append(id, long);
  await device.blocks.settled();
  expect(device.noted.map(textOf)).toEqual(["first", ...texts]);
  // Some 430 blocks: at most 200 in one slice.
  expect(device.settles() - before).toBeGreaterThanOrEqual(3);
});

test("HO1: an entry that trips a feature holds up its own log, and no other", async () => {
  const device = await openFolding();
  device.refuse.add("poison");
  await write(device, "a", "before");
  await device.blocks.settled();
  await write(device, "a", "poison", "behind");
  await write(device, "b", "other");
  await device.blocks.settled();
  expect(device.noted.map(textOf)).toEqual(["before", "other"]);
  expect(device.bugs.length).toBeGreaterThan(0);
  await write(device, "b", "more");
  await device.blocks.settled();
  expect(device.noted.map(textOf)).toEqual(["before", "other", "more"]);
  await device.close();

  // Neither does it hold up whoever waits at the next start.
  const same = await openFolding({ folder: device.folder });
  same.refuse.add("poison");
  await same.spaces.hold(feedLink(same, "a"));
  await same.blocks.settled();
  expect(same.noted).toEqual([]);
  expect(same.bugs).toHaveLength(1);
  await same.close();

  // The next version knows better, and nothing was lost.
  const again = await openFolding({ folder: device.folder });
  await again.spaces.hold(feedLink(again, "a"));
  await again.blocks.settled();
  expect(again.noted.map(textOf)).toEqual(["poison", "behind"]);
});

test("DU4: what found no room in the index is folded when there is", async () => {
  const clock = createManualClock();
  const device = await openFolding({ clock });
  device.refuse.add("full");
  await write(device, "a", "patient");
  await device.blocks.settled();
  expect([device.noted, device.bugs]).toEqual([[], []]);
  device.refuse.clear();
  clock.advance(10_000);
  await device.blocks.settled();
  expect(device.noted.map(textOf)).toEqual(["patient"]);
});

test("a space that is dropped while its blocks wait holds up nobody", async () => {
  const device = await openFolding();
  await write(device, "a", "one");
  await write(device, "b", "two");
  await device.blocks.settled();
  const writing = write(device, "a", ...Array.from({ length: 20 }, String));
  const dropping = device.spaces.drop(spaceIdOf(feedLink(device, "a").charter));
  await Promise.allSettled([writing, dropping]);
  await write(device, "b", "three");
  await device.blocks.settled();
  expect(device.noted.map(textOf)).toContain("three");
  expect(device.bugs).toEqual([]);
});
