import { beforeEach, expect, test } from "vitest";
import type { RoomSettings } from "#core/contract/keeping-settings.ts";
import { createLogger } from "#core/base/logger.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import type { ManualClock } from "#core/testing/manual-clock.ts";
import { untilTrue } from "#core/testing/until.ts";
import { Room } from "./room.ts";
import type { Reservation } from "./room.ts";

let clock: ManualClock;
let settings: RoomSettings;
let used: number;
let free: number;
let freed: number[];
let room: Room;

beforeEach(() => {
  clock = createManualClock();
  settings = { limit: 1_000, alwaysFree: 500, freeByItself: false };
  used = 0;
  free = 10_000;
  freed = [];
  room = new Room({
    disks: { look: () => Promise.resolve({ disk: "one", free }) },
    dataFolder: "/data",
    settings: () => settings,
    used: () => used,
    makeRoom: (bytes) => {
      freed.push(bytes);
      used -= bytes;
      return Promise.resolve(true);
    },
    clock,
    logger: createLogger(
      () => undefined,
      () => "",
    ),
  });
  return () => room.close();
});

/** Asks for room, and answers what came of it so far. */
function ask(...sizes: number[]) {
  const asked: {
    granted: Reservation | null;
    waits: number;
    readonly stop: AbortController;
  } = { granted: null, waits: 0, stop: new AbortController() };
  room
    .take({
      folder: "/files",
      sizes,
      signal: asked.stop.signal,
      onWait: () => asked.waits++,
    })
    .then(
      (reservation) => (asked.granted = reservation),
      () => undefined,
    );
  return asked;
}

/** Lets what is under way come to rest. */
async function looked(): Promise<void> {
  await room.refresh();
  await room.refresh();
}

test("what fits is given, what does not waits and says why", async () => {
  const first = ask(600);
  const second = ask(600);
  await looked();
  expect(first.granted?.granted).toEqual([0]);
  expect(second).toMatchObject({ granted: null, waits: 1 });
  expect([room.lack, room.lackIn("/files"), room.lackIn("/other")]).toEqual([
    "limit",
    "limit",
    null,
  ]);
});

test("it goes on by itself when the limit is raised, and when something is let go", async () => {
  const [first, second] = [ask(600), ask(600)];
  await looked();
  settings = { ...settings, limit: 2_000 };
  room.look();
  await untilTrue(() => second.granted !== null);
  const third = ask(1_000);
  await looked();
  first.granted?.release();
  await untilTrue(() => third.granted !== null);
  expect(room.lack).toBeNull();
});

test("what stays free on the disk counts what is not written yet, and not twice what is", async () => {
  settings = { ...settings, limit: 1_000_000 };
  free = 1_500;
  const first = ask(800);
  const second = ask(300);
  await looked();
  expect(first.granted).not.toBeNull();
  expect(room.lack).toBe("disk");
  free = 700;
  first.granted?.written(800);
  await looked();
  expect(second.granted).toBeNull();
  free = 900;
  clock.advance(3_000);
  await untilTrue(() => second.granted !== null);
});

test("of many small files as many go as there is room for", async () => {
  const asked = ask(400, 700, 500, 200);
  await untilTrue(() => asked.granted !== null);
  expect(asked.granted?.granted).toEqual([0, 2]);
});

test("others fill the disk: what was given stops, and waits again", async () => {
  const asked = ask(900);
  await untilTrue(() => asked.granted !== null);
  expect(asked.granted?.revoked.aborted).toBe(false);
  free = 400;
  // Every few megabytes the disk is looked at.
  const large = new Room({
    disks: { look: () => Promise.resolve({ disk: "one", free }) },
    dataFolder: "/data",
    settings: () => ({ ...settings, limit: 100_000_000 }),
    used: () => 0,
    makeRoom: () => Promise.resolve(false),
    clock,
    logger: createLogger(
      () => undefined,
      () => "",
    ),
  });
  free = 100_000_000;
  const reservation = await large.take({
    folder: "/files",
    sizes: [50_000_000],
    signal: undefined,
    onWait: () => undefined,
  });
  free = 400;
  reservation.written(3_000_000);
  await large.refresh();
  await untilTrue(() => reservation.revoked.aborted);
  await large.close();
});

test("who stops waiting waits no more", async () => {
  const asked = ask(5_000);
  await looked();
  asked.stop.abort(new Error("stopped"));
  expect(room.lack).toBeNull();
});

test("nothing is freed by itself unless the person switched that on", async () => {
  used = 900;
  const asked = ask(300);
  await looked();
  expect(freed).toEqual([]);
  settings = { ...settings, freeByItself: true };
  room.look();
  await untilTrue(() => asked.granted !== null);
  // As much as is lacking, and not as much as is wanted.
  expect(freed).toEqual([200]);
});

test("without a choice the limit is a tenth of what is free, and 20 GB at most", async () => {
  settings = { ...settings, limit: null };
  await room.refresh();
  expect(room.limit).toBe(1_000);
  free = 1_000_000_000_000;
  await room.refresh();
  expect(room.limit).toBe(20_000_000_000);
});

test("what may be used is known after the first look, and told", async () => {
  settings = { ...settings, limit: null };
  let told = 0;
  const stop = room.changed.subscribe(() => told++);
  await room.refresh();
  expect(room.limit).toBe(1_000);
  expect(told).toBe(1);
  free = 9_999;
  await room.refresh();
  expect(told, "a byte is no news").toBe(1);
  free = 5_000;
  await room.refresh();
  expect(told).toBe(2);
  stop();
});
