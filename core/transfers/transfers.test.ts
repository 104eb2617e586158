import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as v from "valibot";
import z32 from "z32";
import { CoreError } from "#core/contract/errors.ts";
import { spaceIdSchema, transferIdSchema } from "#core/contract/ids.ts";
import { CANCEL_UNDO_MS } from "#core/contract/limits.ts";
import { createLogger } from "#core/base/logger.ts";
import { Database } from "#core/storage/database.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import type { ManualClock } from "#core/testing/manual-clock.ts";
import { untilTrue } from "#core/testing/until.ts";
import {
  COLLECTIONS_MIGRATION,
  TRANSFER_ORDER_MIGRATION,
} from "#core/folders/local-tables.ts";
import { TransferStore } from "./transfer-store.ts";
import type { StoredTransfer } from "./transfer-store.ts";
import { Transfers } from "./transfers.ts";
import type { Report } from "./transfer-run.ts";

interface Running {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly report: Report;
  readonly end: (error?: Error) => void;
}

let clock: ManualClock;
let local: Database;
let runs: Running[];
let ended: string[];
let bugs: number;
let holds: (transfer: StoredTransfer) => "all" | "collection" | null;

beforeEach(() => {
  clock = createManualClock();
  local = new Database(":memory:", {
    durable: false,
    migrations: [COLLECTIONS_MIGRATION, TRANSFER_ORDER_MIGRATION],
  });
  runs = [];
  ended = [];
  bugs = 0;
  holds = () => null;
});
afterEach(() => local.close());

function open(): Transfers {
  return new Transfers({
    store: new TransferStore(local),
    clock,
    logger: createLogger(
      () => undefined,
      () => String(++bugs),
    ),
    holdOf: (it) => holds(it),
    run: ({ transfer: id }, signal, report) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(signal.reason instanceof Error ? signal.reason : new Error());
        });
        runs.push({
          id,
          signal,
          report,
          end(error) {
            if (error === undefined) resolve();
            else reject(error);
          },
        });
      }),
    onEnd: ({ transfer, stage }) => {
      ended.push(`${transfer} ${stage}`);
      return Promise.resolve();
    },
    onChange: () => undefined,
    onStage: () => undefined,
  });
}

const stored: Omit<StoredTransfer, "place"> = {
  transfer: v.parse(transferIdSchema, "transfer1"),
  direction: "receiving",
  space: v.parse(
    spaceIdSchema,
    z32.encode(createHash("sha256").update("space").digest()),
  ),
  title: "Songs",
  stage: "running",
  problem: null,
  destination: 1,
  paths: ["a", "b"],
  isFirst: false,
  reason: "asked",
  files: { done: 0, total: 2 },
  bytes: { done: 0, total: 1000 },
  startedAt: 5,
  endedAt: null,
};
const { transfer } = stored;

async function nextRun(count: number): Promise<Running> {
  await untilTrue(() => runs.length === count);
  const run = runs.at(-1);
  if (run === undefined) throw new Error("nothing runs");
  return run;
}

test("DU4: a full disk fails a transfer in words, and it goes on by itself when there is room", async () => {
  const transfers = open();
  transfers.add(stored);
  (await nextRun(1)).end(new CoreError("disk-full", {}));
  await untilTrue(() => transfers.list()[0]?.stage === "failed");
  expect(transfers.list()).toMatchObject([{ problem: "disk-full", speed: 0 }]);
  clock.advance(30_000);
  (await nextRun(2)).end();
  await untilTrue(() => transfers.list()[0]?.stage === "done");
  expect(ended).toEqual(["transfer1 done"]);
  await transfers.close();
});

test("FI8: what ran goes on at the next start, what was paused stays paused", async () => {
  const first = open();
  first.add(stored);
  const other = v.parse(transferIdSchema, "transfer2");
  first.add({ ...stored, transfer: other, startedAt: 6 });
  (await nextRun(2)).report.done(1, 400);
  await first.setPaused(other, true);
  await first.close();
  runs = [];
  const second = open();
  expect(second.list().map(({ stage, bytes }) => [stage, bytes.done])).toEqual([
    ["running", 0],
    ["paused", 400],
  ]);
  second.start();
  await nextRun(1);
  await second.close();
});

test("pausing stops the run, and going on starts another", async () => {
  const transfers = open();
  transfers.add(stored);
  const { signal } = await nextRun(1);
  await transfers.setPaused(transfer, true);
  expect(signal.aborted).toBe(true);
  expect(transfers.list()).toMatchObject([{ stage: "paused" }]);
  await transfers.setPaused(transfer, false);
  await nextRun(2);
  expect(transfers.list()).toMatchObject([{ stage: "running" }]);
  await transfers.close();
});

test("what a stopped run still says is not heard", async () => {
  const transfers = open();
  transfers.add(stored);
  const { report } = await nextRun(1);
  report.done(1, 300);
  await transfers.setPaused(transfer, true);
  report.done(2, 1000);
  report.waiting(true);
  expect(transfers.list()).toMatchObject([
    { files: { done: 1 }, bytes: { done: 300 }, isWaiting: false },
  ]);
  await transfers.close();
});

test("a bug ends one transfer, is logged, and can be tried again", async () => {
  const transfers = open();
  transfers.add(stored);
  (await nextRun(1)).end(new Error("a bug"));
  await untilTrue(() => transfers.list()[0]?.stage === "failed");
  expect(transfers.list()).toMatchObject([{ problem: "internal" }]);
  expect(bugs).toBe(1);
  transfers.retry(transfer);
  (await nextRun(2)).end();
  await untilTrue(() => transfers.list()[0]?.stage === "done");
  await transfers.close();
});

test("a cancelled transfer is gone, and one that is done stays until it is cleared", async () => {
  const transfers = open();
  transfers.add(stored);
  await nextRun(1);
  await transfers.cancel(transfer);
  expect(ended).toEqual(["transfer1 running"]);
  expect(transfers.list()).toEqual([]);
  await expect(transfers.cancel(transfer)).rejects.toMatchObject({
    code: "not-found",
  });
  transfers.add(stored);
  (await nextRun(2)).end();
  await untilTrue(() => transfers.list()[0]?.stage === "done");
  transfers.clear();
  expect(transfers.list()).toEqual([]);
  await transfers.close();
  expect(open().list()).toEqual([]);
});

test("speed and time left come from what moved, not from what was here before", async () => {
  const transfers = open();
  transfers.add({ ...stored, bytes: { done: 0, total: 100_000 } });
  const { report } = await nextRun(1);
  report.done(1, 50_000);
  for (let second = 1; second <= 20; second++) {
    report.moved(1000);
    report.done(1, 50_000 + second * 1000);
    clock.advance(1000);
    transfers.list();
  }
  const [it] = transfers.list();
  expect(it).toMatchObject({ speed: 1000, secondsLeft: 30 });
  report.waiting(true);
  expect(transfers.list()).toMatchObject([{ secondsLeft: null }]);
  await transfers.close();
});

function id(name: string) {
  return v.parse(transferIdSchema, `transfer${name}`);
}

/** The transfers under way, by the end of their names. */
function under(transfers: Transfers): string {
  return transfers
    .list()
    .filter(
      ({ stage, isQueued, hold }) =>
        stage === "running" && !isQueued && hold === null,
    )
    .map(({ transfer: it }) => it.slice("transfer".length))
    .join(" ");
}

test("three downloads run at once, the next when one ends or waits for somebody", async () => {
  const transfers = open();
  for (const name of ["a", "b", "c", "d", "e"])
    transfers.add({ ...stored, transfer: id(name) });
  const third = await nextRun(3);
  expect(under(transfers)).toBe("a b c");
  third.report.waiting(true);
  await nextRun(4);
  expect(under(transfers)).toBe("a b c d");
  runs[0]?.end();
  await nextRun(5);
  expect(under(transfers)).toBe("b c d e");
  await transfers.close();
});

test("a transfer that is moved up goes first, and the order stands after a restart", async () => {
  const transfers = open();
  for (const name of ["a", "b", "c", "d"])
    transfers.add({ ...stored, transfer: id(name) });
  await nextRun(3);
  transfers.move(id("d"), "up");
  await nextRun(4);
  expect(runs[3]?.id).toBe("transferd");
  expect(under(transfers)).toBe("a b d");
  transfers.move(id("a"), "up");
  transfers.move(id("d"), "down");
  await nextRun(5);
  expect(under(transfers)).toBe("a b c");
  transfers.move(id("b"), "up");
  await transfers.close();
  const order = open()
    .open()
    .map(({ transfer: it }) => it);
  expect(order).toEqual(["b", "a", "c", "d"].map((name) => id(name)));
});

test("what is paused as a whole does not run, says so, and goes on by itself after", async () => {
  const transfers = open();
  transfers.add(stored);
  const { signal } = await nextRun(1);
  holds = () => "all";
  transfers.advance();
  expect(signal.aborted).toBe(true);
  expect(transfers.list()).toMatchObject([{ stage: "running", hold: "all" }]);
  holds = () => null;
  transfers.advance();
  await nextRun(2);
  expect(transfers.list()).toMatchObject([{ hold: null, isQueued: false }]);
  await transfers.close();
});

test("what was done a week ago is forgotten at the next start", async () => {
  const first = open();
  first.add(stored);
  (await nextRun(1)).end();
  await untilTrue(() => first.list()[0]?.stage === "done");
  await first.close();
  clock.advance(8 * 24 * 60 * 60 * 1000);
  const second = open();
  second.start();
  expect(second.list()).toEqual([]);
  await second.close();
});

test("what is cancelled and may return goes on where it was, and is forgotten when nobody asks for it", async () => {
  const transfers = open();
  transfers.add(stored);
  (await nextRun(1)).report.done(1, 400);
  await transfers.cancel(transfer, { mayReturn: true });
  expect(transfers.list()).toEqual([]);
  expect(transfers.aside.isAt(1)).toBe(true);
  transfers.takeUp(transfer);
  await nextRun(2);
  expect(transfers.list()).toMatchObject([
    { transfer, stage: "running", bytes: { done: 400, total: 1000 } },
  ]);
  // It stands in the store too, for the next start.
  expect(new TransferStore(local).all()).toMatchObject([
    { transfer, bytes: { done: 400, total: 1000 } },
  ]);
  expect(ended).toEqual([]);

  await transfers.cancel(transfer, { mayReturn: true });
  clock.advance(CANCEL_UNDO_MS);
  expect(ended).toEqual([`${transfer} running`]);
  expect(() => transfers.takeUp(transfer)).toThrow("not-found");
});
