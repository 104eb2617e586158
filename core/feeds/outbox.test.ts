import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createLogger } from "#core/base/logger.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { untilTrue } from "#core/testing/until.ts";
import { openLocal } from "#core/storage/databases.ts";
import { OUTBOX_MIGRATION, Outbox } from "./outbox.ts";
import type { OutgoingPost } from "./outbox.ts";

function outgoing(text: string): OutgoingPost {
  return {
    audience: "contacts",
    entry: { type: "post", id: "", text, attachments: [], replyTo: null },
  };
}

/** An outbox on a real database; `log` is what was written, each id once as the log has it. */
async function openOutbox(folder: string, log: string[]) {
  const clock = createManualClock();
  const local = openLocal(join(folder, "local.db"), [OUTBOX_MIGRATION]);
  onTestFinished(() => local.close());
  const bugs: string[] = [];
  const refused = new Set<string>();
  const outbox = new Outbox({
    local,
    clock,
    random: seededRandom(String(log.length)),
    logger: createLogger(
      (line) => bugs.push(line),
      () => "test",
    ),
    write({ entry }) {
      if (refused.has(entry.text)) return Promise.reject(new Error("refused"));
      log.push(entry.text);
      return Promise.resolve();
    },
  });
  const held = () => outbox.held.peek().map(({ text }) => text);
  return { outbox, clock, local, bugs, refused, held };
}

test("a post is written when its time is over, and not before", async () => {
  const log: string[] = [];
  const { outbox, clock, held } = await openOutbox(await tempFolder(), log);
  await outbox.add(outgoing("one"), 5000);
  clock.advance(4999);
  expect([held(), log]).toEqual([["one"], []]);
  clock.advance(1);
  await untilTrue(() => held().length === 0);
  expect(log).toEqual(["one"]);
});

test("without undo time a post is written before the answer", async () => {
  const log: string[] = [];
  const { outbox, held } = await openOutbox(await tempFolder(), log);
  await outbox.add(outgoing("now"), 0);
  expect([held(), log]).toEqual([[], ["now"]]);
});

test("what is held is on disk: another run writes it", async () => {
  const folder = await tempFolder();
  const log: string[] = [];
  const first = await openOutbox(folder, log);
  await first.outbox.add(outgoing("one"), 5000);
  await first.outbox.add(outgoing("two"), 5000);
  // No flush, no close: as after a crash.
  const second = await openOutbox(folder, log);
  await second.outbox.start();
  expect([second.held(), log]).toEqual([[], ["one", "two"]]);
});

test("a post taken back is written by nobody, also not by its timer", async () => {
  const log: string[] = [];
  const { outbox, clock, held } = await openOutbox(await tempFolder(), log);
  const id = await outbox.add(outgoing("oops"), 5000);
  expect(await outbox.undo(id)).toBe(true);
  expect(await outbox.undo(id)).toBe(false);
  clock.advance(10_000);
  await outbox.flush();
  expect([held(), log]).toEqual([[], []]);
});

test("flushing writes everything at once, and each post once", async () => {
  const log: string[] = [];
  const { outbox, clock } = await openOutbox(await tempFolder(), log);
  for (const text of ["one", "two", "three"])
    await outbox.add(outgoing(text), 5000);
  clock.advance(5000);
  await Promise.all([outbox.flush(), outbox.flush()]);
  expect(log).toEqual(["one", "two", "three"]);
});

test("a post that cannot be written stays held, and stops neither others nor the start", async () => {
  const folder = await tempFolder();
  const log: string[] = [];
  const first = await openOutbox(folder, log);
  for (const text of ["bad", "good"])
    await first.outbox.add(outgoing(text), 5000);
  const second = await openOutbox(folder, log);
  second.refused.add("bad");
  await second.outbox.start();
  expect([second.held(), log]).toEqual([["bad"], ["good"]]);
  expect(second.bugs).toHaveLength(1);
  const [bad] = second.outbox.held.peek();
  expect(await second.outbox.undo(bad?.id ?? "")).toBe(true);
});

test("DU4: a post whose time is over is tried again until there is room", async () => {
  const log: string[] = [];
  const folder = await tempFolder();
  const { outbox, clock, refused, bugs, held } = await openOutbox(folder, log);
  refused.add("patient");
  await outbox.add(outgoing("patient"), 5000);
  clock.advance(5000);
  await untilTrue(() => bugs.length === 1);
  expect(held()).toEqual(["patient"]);
  refused.clear();
  clock.advance(10_000);
  await untilTrue(() => held().length === 0);
  expect(log).toEqual(["patient"]);
});

test("a post that is refused at once is not held, so that trying again posts once", async () => {
  const log: string[] = [];
  const folder = await tempFolder();
  const { outbox, refused, held } = await openOutbox(folder, log);
  refused.add("again");
  await expect(outbox.add(outgoing("again"), 0)).rejects.toThrow("refused");
  expect(held()).toEqual([]);
  refused.clear();
  await outbox.add(outgoing("again"), 0);
  expect(log).toEqual(["again"]);
});

test("closing writes what is held, leaves what cannot be written, and throws nothing", async () => {
  const log: string[] = [];
  const folder = await tempFolder();
  const { outbox, clock, refused, held } = await openOutbox(folder, log);
  refused.add("bad");
  for (const text of ["bad", "good"]) await outbox.add(outgoing(text), 5000);
  await outbox.close();
  expect([held(), log, clock.due]).toEqual([["bad"], ["good"], []]);
});

test("LI1: what fits no block is refused before it is held", async () => {
  const log: string[] = [];
  const { outbox, held } = await openOutbox(await tempFolder(), log);
  const swollen = outgoing("\u0001".repeat(12_000));
  await expect(outbox.add(swollen, 5000)).rejects.toMatchObject({
    code: "text-long",
  });
  expect([held(), log]).toEqual([[], []]);
});
