import { expect, test } from "vitest";
import { silentLogger } from "#core/base/logger.ts";
import { createState } from "#core/base/state.ts";
import {
  MemoryReader,
  testBytes,
  testContent,
  TestNaming,
  testSpace,
} from "#core/testing/files-device.ts";
import { untilTrue } from "#core/testing/until.ts";
import type { ServeOrder } from "./bulk-messages.ts";
import { BulkServing } from "./bulk-serving.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import { OPEN_ASKS, type Part } from "./wire.ts";

const KIB = 1024;
const garden = testSpace("garden");
const shared = testContent(testBytes(600 * KIB, 1));
const hidden = testContent(testBytes(600 * KIB, 2));
const note = testContent(testBytes(KIB, 3));
const hiddenNote = testContent(testBytes(KIB, 4));

function chunks(root: FileRoot, count: number): readonly Part[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: "chunk",
    root,
    index,
  }));
}

/** A lane whose thread only writes down what it is told. */
function serving() {
  const naming = new TestNaming();
  naming.name(garden, shared, note);
  const reader = new MemoryReader();
  const all = [shared, hidden, note, hiddenNote];
  reader.add(...all);
  for (const { root, size, chunkSize, list } of all)
    reader.files.set(root, {
      path: `/nowhere/${root}`,
      size,
      mtimeMs: 1,
      chunkSize,
      list: () => list,
    });
  const orders: ServeOrder[] = [];
  const faults: string[] = [];
  const gave: Part[] = [];
  const common = createState(new Set([garden]));
  const it = new BulkServing(
    {
      session: { common, fault: (rule) => faults.push(rule) },
      naming,
      reader,
      logger: silentLogger,
      onGave: (part) => gave.push(part),
    },
    { lane: 1, order: (order) => orders.push(order) },
  );
  const of = <K extends ServeOrder["kind"]>(kind: K) =>
    orders.filter((order) => order.kind === kind);
  return { it, orders, of, faults, gave, reader, common };
}

test("FI11 FI5: a thread is told to serve what a common space names, and nothing else", () => {
  const { it, of } = serving();
  it.ask({ first: 0, isUrgent: false, parts: chunks(shared.root, 2) });
  it.ask({ first: 2, isUrgent: false, parts: chunks(hidden.root, 2) });
  expect(of("file")).toMatchObject([
    { served: { path: `/nowhere/${shared.root}` } },
  ]);
  expect(of("chunks")).toMatchObject([
    {
      chunks: [
        { id: 0, index: 0 },
        { id: 1, index: 1 },
      ],
    },
  ]);
  expect(of("lack")).toMatchObject([{ ids: [2, 3] }]);
});

test("FI11 FI5: small files of a common space are read whole by the thread, others are not there", async () => {
  const { it, of, gave, reader } = serving();
  const parts = [note, hiddenNote].flatMap(({ root }) => chunks(root, 1));
  it.ask({ first: 0, isUrgent: false, parts });
  const path = `/nowhere/${note.root}`;
  const files = JSON.stringify([[0, path, note.root, note.size, 1]]);
  expect(of("small")).toMatchObject([{ files }]);
  expect(of("lack")).toMatchObject([{ ids: [1] }]);
  it.lacked([1]);
  it.answered([0]);
  expect(gave).toEqual(chunks(note.root, 1));
  // What the thread cannot read, this one may have elsewhere.
  it.ask({ first: 2, isUrgent: false, parts: chunks(note.root, 1) });
  it.smallFailed(2);
  await untilTrue(() => of("bytes").length === 1);
  expect(reader.served).toEqual([{ root: note.root, index: 0 }]);
});

test("FI11 FI5: what is no longer in common is not served any more, though the thread knows the file", () => {
  const { it, of, common } = serving();
  it.ask({ first: 0, isUrgent: false, parts: chunks(shared.root, 1) });
  common.set(new Set());
  it.ask({ first: 1, isUrgent: false, parts: chunks(shared.root, 1) });
  expect(of("chunks")).toHaveLength(1);
  expect(of("lack")).toMatchObject([{ ids: [1] }]);
});

test("FI11 HO1: more asks than may be open, an id twice and an id beyond 4 bytes end the lane", () => {
  for (const ask of [
    { first: 1, parts: chunks(shared.root, OPEN_ASKS) },
    { first: 0, parts: chunks(shared.root, 1) },
    { first: 2 ** 32 - 1, parts: chunks(shared.root, 1) },
  ]) {
    const { it, of, faults } = serving();
    it.ask({ first: 0, isUrgent: false, parts: chunks(shared.root, 1) });
    it.ask({ isUrgent: false, ...ask });
    expect(faults).toHaveLength(1);
    expect(of("end")).toHaveLength(1);
    expect(of("chunks")).toHaveLength(1);
  }
});

test("FI11 FI3: what the thread cannot read is read from wherever else it is, and answered once", async () => {
  const { it, of, gave } = serving();
  it.ask({ first: 0, isUrgent: false, parts: chunks(shared.root, 1) });
  it.failed({ id: 0, file: 0, index: 0 }, "changed");
  expect(of("forget")).toHaveLength(1);
  await untilTrue(() => of("bytes").length === 1);
  it.answered([0]);
  expect(gave).toEqual(chunks(shared.root, 1));
});

test("FI11: little waits in memory of what this thread reads, however much is asked", async () => {
  const { it, of, reader } = serving();
  reader.files.clear();
  it.ask({ first: 0, isUrgent: false, parts: chunks(shared.root, 1) });
  for (let first = 1; first < 20; first++)
    it.ask({ first, isUrgent: false, parts: chunks(shared.root, 1) });
  await untilTrue(() => of("bytes").length === 4);
  expect(reader.served).toHaveLength(4);
  it.answered([0]);
  await untilTrue(() => of("bytes").length === 5);
});

test("FI11: what is spared before it is read is lacking, and the thread spares the rest", () => {
  const { it, of, reader } = serving();
  reader.files.clear();
  for (let first = 0; first < 10; first++)
    it.ask({ first, isUrgent: false, parts: chunks(shared.root, 1) });
  it.spare([1, 9]);
  expect(of("cancel")).toMatchObject([{ ids: [1, 9] }]);
  expect(of("lack")).toMatchObject([{ ids: [9] }]);
});

test("FI11 FI14: what was spared or lacking was not given, and proves nothing", () => {
  const { it, gave } = serving();
  it.ask({ first: 0, isUrgent: false, parts: chunks(shared.root, 3) });
  it.spare([1, 2]);
  it.lacked([1, 2]);
  it.answered([0]);
  expect(gave).toEqual(chunks(shared.root, 1));
});

test("FI11: where reading has a limit, what is read is chosen when the turn comes", async () => {
  const { it, of, reader } = serving();
  reader.files.clear();
  const turns: (() => number)[] = [];
  reader.turn = (pass) => {
    turns.push(pass);
    return () => undefined;
  };
  it.ask({ first: 0, isUrgent: false, parts: chunks(shared.root, 3) });
  it.spare([0]);
  expect(turns).toHaveLength(1);
  turns[0]?.();
  await untilTrue(() => of("bytes").length === 1);
  expect(reader.served.map(({ index }) => index)).toEqual([1]);
  await untilTrue(() => turns.length === 2);
  it.spare([2]);
  // Its turn comes, and nothing is left: it takes no bytes from anybody.
  expect(turns[1]?.()).toBe(0);
});
