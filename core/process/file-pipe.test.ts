import { MessageChannel } from "node:worker_threads";
import { expect, onTestFinished, test, vi } from "vitest";
import type { FileSource } from "#core/core-port.ts";
import { oneFile } from "#core/testing/host-fixture.ts";
import { nodePort } from "#core/testing/node-port.ts";
import { pipeFile } from "./file-pipe.ts";

const ROOT = "y".repeat(52);

function openPipe(files: FileSource, root = ROOT, range?: string) {
  const { port1, port2 } = new MessageChannel();
  const far = nodePort(port2);
  const heard: unknown[] = [];
  far.onMessage((message) => heard.push(message));
  const piped = pipeFile(nodePort(port1), files, { root, name: "a", range });
  onTestFinished(() => {
    far.close();
  });
  return { far, heard, piped };
}

/** Waits for a number of messages. */
async function until(heard: readonly unknown[], count: number) {
  await vi.waitFor(() => {
    expect(heard).toHaveLength(count);
  });
}

test("pieces come only when they are asked for, and the end when there are no more", async () => {
  const file = oneFile(ROOT, 10, "image/png");
  const { far, heard, piped } = openPipe(file.files);
  await until(heard, 1);
  expect(heard[0]).toMatchObject({ kind: "head", status: 200, hasBody: true });
  far.post({ kind: "more" });
  await until(heard, 2);
  expect(heard[1]).toEqual({
    kind: "piece",
    bytes: Uint8Array.of(0, 1, 2, 3, 4, 5, 6),
  });
  far.post({ kind: "nonsense" });
  far.post({ kind: "more" });
  await until(heard, 4);
  expect(heard[3]).toEqual({ kind: "end" });
  await piped;
  expect(file.open).toBe(0);
});

test("what is not there has a head only", async () => {
  const { heard, piped } = openPipe(oneFile(ROOT, 10, "a/b").files, "missing");
  await piped;
  await until(heard, 1);
  expect(heard[0]).toMatchObject({ kind: "head", status: 404, hasBody: false });
});

test("closing the far end gives the file up", async () => {
  const file = oneFile(ROOT, 1_000_000, "image/png");
  const { far, heard, piped } = openPipe(file.files);
  await until(heard, 1);
  far.close();
  await piped;
  expect(file.open).toBe(0);
});

test("a file that breaks off says so, and is a bug of ours", async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(1);
    throw await Promise.resolve(new Error("disk gone"));
  }
  const { far, heard, piped } = openPipe({
    open: () =>
      Promise.resolve({
        size: 9,
        mediaType: "image/png",
        start: 0,
        end: 9,
        stream: broken(),
      }),
  });
  const failure = piped.catch((error: unknown) => error);
  far.post({ kind: "more" });
  far.post({ kind: "more" });
  expect(await failure).toMatchObject({ message: "disk gone" });
  await until(heard, 3);
  expect(heard[2]).toEqual({ kind: "broken" });
});
