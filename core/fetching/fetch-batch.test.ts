import { expect, test } from "vitest";
import { testBytes, testContent } from "#core/testing/files-device.ts";
import { Batch } from "./fetch-batch.ts";

const contents = [1, 2, 3, 4].map((size) => testContent(testBytes(size)));

test("what arrives while the sink is busy goes to it in one call", async () => {
  const calls: number[][] = [];
  let release = (): void => undefined;
  const batch = new Batch(
    4,
    async (verified) => {
      calls.push(verified.map(({ bytes }) => bytes.byteLength));
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    },
    () => undefined,
  );
  const deliver = (index: number) => {
    const content = contents[index];
    if (content === undefined) throw new Error("no such content");
    return batch.deliver([{ content, bytes: content.bytes }]);
  };
  const first = deliver(0);
  await Promise.resolve();
  const rest = [deliver(1), deliver(2), deliver(3)];
  release();
  await first;
  expect(calls).toEqual([[1], [2, 3, 4]]);
  release();
  await Promise.all(rest);
  await batch.done;
});

test("an error of the sink fails the batch and lets the deliverers go", async () => {
  let calls = 0;
  const batch = new Batch(
    4,
    () => {
      calls++;
      return Promise.reject(new Error("no room"));
    },
    () => undefined,
  );
  await Promise.all(
    contents.map((content) =>
      batch.deliver([{ content, bytes: content.bytes }]),
    ),
  );
  await expect(batch.done).rejects.toThrow("no room");
  await Promise.all(
    contents.map((content) =>
      batch.deliver([{ content, bytes: content.bytes }]),
    ),
  );
  expect(calls).toBe(1);
});

test("a batch of nothing is done", async () => {
  const sink = () => Promise.reject(new Error("called"));
  await new Batch(0, sink, () => undefined).done;
});
