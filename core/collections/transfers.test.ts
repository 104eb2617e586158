import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as v from "valibot";
import z32 from "z32";
import { CoreError } from "#core/contract/errors.ts";
import { spaceIdSchema, transferIdSchema } from "#core/contract/ids.ts";
import { createLogger } from "#core/base/logger.ts";
import { Database } from "#core/storage/database.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import type { ManualClock } from "#core/testing/manual-clock.ts";
import { untilTrue } from "#core/testing/until.ts";
import { COLLECTIONS_MIGRATION } from "./local-tables.ts";
import { TransferStore } from "./transfer-store.ts";
import type { StoredTransfer } from "./transfer-store.ts";
import { Transfers } from "./transfers.ts";
import type { Report } from "./transfer-run.ts";

interface Running {
  readonly signal: AbortSignal;
  readonly report: Report;
  readonly end: (error?: Error) => void;
}

let clock: ManualClock;
let local: Database;
let runs: Running[];
let ended: string[];
let bugs: number;

beforeEach(() => {
  clock = createManualClock();
  local = new Database(":memory:", {
    durable: false,
    migrations: [COLLECTIONS_MIGRATION],
  });
  runs = [];
  ended = [];
  bugs = 0;
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
    run: (_transfer, signal, report) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(signal.reason instanceof Error ? signal.reason : new Error());
        });
        runs.push({
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
  });
}

const stored: StoredTransfer = {
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
    ["paused", 400],
    ["running", 0],
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
