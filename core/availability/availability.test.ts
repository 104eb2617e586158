import { expect, test } from "vitest";
import { createCopiesDevice } from "#core/testing/copies-device.ts";
import type { CopiesDevice } from "#core/testing/copies-device.ts";
import { testBytes, testContent } from "#core/testing/files-device.ts";
import type { TestContent } from "#core/testing/files-device.ts";
import { testPerson } from "#core/testing/test-ids.ts";

function contents(count: number, size = 100): readonly TestContent[] {
  return Array.from({ length: count }, (_, index) =>
    testContent(testBytes(size, index + 1)),
  );
}

/** What the page says after it was counted. */
async function count({ availability, space, pass }: CopiesDevice) {
  availability.copies(space, "");
  await pass(5_000);
  return availability.copies(space, "");
}

async function everything(us: CopiesDevice) {
  const page = await count(us);
  return page?.people.map(({ person, has, says, isSampled }) => ({
    person: person.person,
    has: has.files,
    says: says.files,
    isSampled,
  }));
}

test("FI14: what somebody says is no copy until they showed a part of it", async () => {
  const us = await createCopiesDevice();
  const files = contents(3);
  us.list(files);
  us.mayCheck = false;
  await us.meet("ana", files);
  await us.pass(20_000);
  const ana = testPerson("ana");
  expect(await everything(us)).toEqual([
    { person: ana, has: 0, says: 3, isSampled: false },
  ]);
  expect(us.availability.otherHolders(files[0]?.root ?? fail())).toEqual([]);
  expect(us.availability.summary(us.space)?.everything).toEqual([]);

  us.mayCheck = true;
  await us.pass(20_000);
  expect(await everything(us)).toEqual([
    { person: ana, has: 3, says: 0, isSampled: false },
  ]);
  expect(us.availability.otherHolders(files[0]?.root ?? fail())).toEqual([
    { person: ana, provedAt: Date.UTC(2031, 0, 1), lastSeen: null },
  ]);
  expect(
    us.availability.summary(us.space)?.everything.map(({ person }) => person),
  ).toEqual([ana]);
});

test("FI14: who has a file is looked for before it is said that nobody does: after the start, and when a line begins", async () => {
  const us = await createCopiesDevice();
  const [file = fail()] = contents(1);
  us.list([file]);
  const away = () =>
    us.availability.away(us.space, { ...file, path: "a", isHere: false });
  expect(away()).toMatchObject({ isLooking: true });
  await us.pass(9_000);
  expect(away()).toMatchObject({ isLooking: false, holders: [] });
  const { device } = await us.meet("ana", []);
  away();
  await us.pass(1_000);
  // Said no, and may not have known what is common yet.
  expect(away()).toMatchObject({ isLooking: true, holders: [] });
  await us.pass(6_000);
  expect(away()).toMatchObject({ isLooking: false, holders: [] });
  device.reader.add(file);
  device.exchange.tell([us.space]);
  await us.pass(4_000);
  expect(away()).toMatchObject({
    isLooking: false,
    holders: [{ person: testPerson("ana") }],
  });
});

test.each([
  ["other bytes", (bytes: Buffer) => Buffer.from(bytes.map((it) => it ^ 1))],
  ["nothing", () => null],
])(
  "FI14: who claims a file and shows %s is marked, and is no copy",
  async (_, answer) => {
    const us = await createCopiesDevice();
    const files = contents(1);
    us.list(files);
    const { device, ours } = await us.meet("ben", files);
    device.reader.before = (bytes) => Promise.resolve(answer(bytes));
    await us.pass(40_000);
    const page = await count(us);
    expect(page?.people).toEqual([]);
    expect(page?.unseen.files).toBe(1);
    expect(ours.faults.includes("files-chunk-wrong")).toBe(_ === "other bytes");
  },
);

test("a file that was let go of is no lie", async () => {
  const us = await createCopiesDevice();
  const files = contents(2);
  us.list(files);
  const { device } = await us.meet("ben", files);
  await us.pass(40_000);
  expect((await everything(us))?.[0]?.has).toBe(2);
  const [first] = files;
  if (first === undefined) return;
  device.reader.drop(first);
  // They have to say it twice.
  us.clock.advance(12 * 60 * 60 * 1000);
  await us.pass(30_000);
  us.clock.advance(12 * 60 * 60 * 1000);
  await us.pass(30_000);
  expect(await everything(us)).toEqual([
    { person: testPerson("ben"), has: 1, says: 0, isSampled: false },
  ]);
});

test("FI14: what was fetched from somebody who holds it all is seen with them", async () => {
  const us = await createCopiesDevice();
  const files = contents(2, 600_000);
  us.list(files);
  us.mayCheck = false;
  await us.meet("ana", files);
  for (const file of files) await us.device.fetcher.fetch(file);
  await us.pass(3_000);
  await us.pass(3_000);
  expect((await everything(us))?.[0]?.has).toBe(2);
});

test("FI14: who took all of a file from here and then says to hold it has it", async () => {
  const us = await createCopiesDevice();
  const [file = fail(), other = fail()] = contents(2, 600_000);
  us.list([file, other], true);
  us.mayCheck = false;
  const { device } = await us.meet("ben", []);
  await device.fetcher.fetch(file);
  // They have it in full, and have not said so.
  await us.pass(4_000);
  expect((await count(us))?.onlyHere.files).toBe(2);
  device.reader.add(file);
  device.exchange.tell([us.space]);
  await us.pass(8_000);
  expect(us.availability.otherHolders(file.root)).toHaveLength(1);
  expect((await count(us))?.onlyHere.files).toBe(1);
});

test("FI14: after 60 random files were shown, the word for the rest of a collection is taken, and the page says so", async () => {
  const us = await createCopiesDevice();
  const files = contents(300);
  us.list(files);
  await us.meet("ana", files);
  await us.pass(60_000);
  expect((await everything(us))?.[0]?.has).toBeLessThan(60);
  await us.pass(100_000);
  expect(await everything(us)).toEqual([
    { person: testPerson("ana"), has: 300, says: 0, isSampled: true },
  ]);
});

test("FI14: who lacks a tenth of what they claim is caught, and the word for the rest counts no more", async () => {
  const us = await createCopiesDevice();
  const files = contents(300);
  us.list(files);
  const { device } = await us.meet("ben", files);
  device.reader.before = (bytes) =>
    Promise.resolve((bytes[0] ?? 0) % 10 === 0 ? null : bytes);
  await us.pass(400_000);
  const [ben] = (await count(us))?.people ?? [];
  expect(ben?.isSampled).toBe(false);
  expect(ben?.caughtAt).not.toBeNull();
  expect(ben?.has.files).toBeLessThan(300);
});

test("checks take no more than 64 MiB an hour and a burst of 16", async () => {
  const us = await createCopiesDevice();
  const files = contents(40, 8 * 262_144);
  us.list(files);
  const { device } = await us.meet("ana", files);
  for (let hour = 0; hour < 1; hour++)
    for (let at = 0; at < 3_600; at += 10) {
      us.clock.advance(8_000);
      await us.pass(2_000);
    }
  expect(device.reader.served.length * 262_144).toBeLessThan(81 * 1024 * 1024);
  expect(device.reader.served.length).toBeGreaterThan(39);
}, 30_000);

test("nothing is checked while transfers run or are paused", async () => {
  const us = await createCopiesDevice();
  const files = contents(5);
  us.list(files);
  us.mayCheck = false;
  const { device } = await us.meet("ana", files);
  await us.pass(60_000);
  expect(device.reader.served).toEqual([]);
});

test("FI14: what its owner, who is connected, has just listed is seen with them within seconds", async () => {
  const us = await createCopiesDevice();
  const files = contents(3);
  const [first = fail(), second = fail(), late = fail()] = files;
  us.list([first, second]);
  const { device } = await us.meet("ana", files);
  await us.pass(9_000);
  expect((await everything(us))?.[0]?.has).toBe(2);
  // Nothing is said of it but that it is on the list.
  await us.pass(30_000);
  us.list([late]);
  device.naming.name(us.space, late);
  await us.pass(9_000);
  expect((await everything(us))?.[0]).toMatchObject({ has: 3, says: 0 });
});

test("FI14: while a connected owner is being asked it is looked for, and that ends", async () => {
  const us = await createCopiesDevice();
  const [late = fail(), ...files] = contents(3);
  us.list(files);
  us.mayCheck = false;
  await us.meet("ana", files);
  const looks = () => us.availability.copies(us.space, "")?.isLooking;
  await us.pass(1_000);
  await count(us);
  await us.pass(30_000);
  expect(looks()).toBe(false);
  us.list([late]);
  looks();
  await us.pass(3_000);
  expect(looks()).toBe(true);
  let told = 0;
  us.availability.changed.subscribe(() => told++);
  await us.pass(20_000);
  expect(looks()).toBe(false);
  expect(told).toBeGreaterThan(0);
});

test("who checks now is answered now", async () => {
  const us = await createCopiesDevice();
  const [file = fail()] = contents(1);
  us.list([file], true);
  us.mayCheck = false;
  await us.meet("ana", [file]);
  await us.pass(1_000);
  expect(await us.availability.prove(file.root)).toEqual([
    {
      person: testPerson("ana"),
      provedAt: Date.UTC(2031, 0, 1),
      lastSeen: null,
    },
  ]);
});

test("a file whose holder is connected is never shown as if nobody had it: names or not, early answers or late looks", async () => {
  const us = await createCopiesDevice();
  const [early = fail(), late = fail()] = contents(2);
  us.list([early, late]);
  us.mayCheck = false;
  // Somebody without a name: the collection came by a link.
  const { device } = await us.meet(null, [late]);
  await us.pass(1_000);
  const look = (file: TestContent) => {
    const it = us.availability.away(us.space, {
      ...file,
      path: "x",
      isHere: false,
    });
    return it.stage === "away" ? it.unnamed : -1;
  };
  look(early);
  await Promise.resolve();
  // Looked at while the first question is under way.
  look(late);
  await us.pass(1_000);
  expect([look(early), look(late)]).toEqual([0, 1]);
  // They come to hold it, or to know its name, without a word.
  device.reader.add(early);
  await us.pass(5_000);
  expect(look(early)).toBe(1);
});

function fail(): never {
  throw new Error("there is none");
}
