import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { FILE_PIECES_AHEAD } from "#core/rpc/shell-wire.ts";
import { readFileResponse } from "./file-response.ts";

/** The core's end: counts what it is asked for and sends what a test says. */
class CoreEnd extends EventEmitter {
  asked = 0;
  isClosed = false;
  postMessage(): void {
    this.asked++;
  }
  start(): void {
    this.emit("started");
  }
  close(): void {
    this.isClosed = true;
  }
  send(data: unknown): void {
    this.emit("message", { data });
  }
}

function openFile(isHead = false) {
  const core = new CoreEnd();
  const response = readFileResponse(core, isHead);
  return { core, response };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const head = {
  kind: "head",
  status: 206,
  headers: { "content-range": "bytes 0-1/9" },
  hasBody: true,
};
const piece = { kind: "piece", bytes: Uint8Array.of(1) };

test("status, headers and bytes are the core's", async () => {
  const { core, response } = openFile();
  core.send(head);
  core.send(piece);
  core.send({ kind: "end" });
  const read = await response;
  expect(read.status).toBe(206);
  expect(read.headers.get("content-range")).toBe("bytes 0-1/9");
  expect(new Uint8Array(await read.arrayBuffer())).toEqual(Uint8Array.of(1));
  expect(core.isClosed).toBe(true);
});

test("a few pieces are asked for ahead, and no more while nobody reads", async () => {
  const { core, response } = openFile();
  core.send(head);
  const read = await response;
  await vi.waitFor(() => {
    expect(core.asked).toBe(FILE_PIECES_AHEAD);
  });
  for (let i = 0; i < FILE_PIECES_AHEAD; i++) {
    core.send(piece);
    await nextTask();
  }
  const reader = read.body?.getReader();
  await vi.waitFor(() => {
    expect(core.asked).toBe(2 * FILE_PIECES_AHEAD - 1);
  });
  await reader?.read();
  await vi.waitFor(() => {
    expect(core.asked).toBe(2 * FILE_PIECES_AHEAD);
  });
  await reader?.cancel();
  expect(core.isClosed).toBe(true);
});

test("an answer without bytes, or to HEAD, has none", async () => {
  for (const [isHead, hasBody] of [
    [false, false],
    [true, true],
  ] as const) {
    const { core, response } = openFile(isHead);
    core.send({ ...head, hasBody });
    expect((await response).body).toBeNull();
    expect(core.isClosed).toBe(true);
  }
});

test("a core that dies before it answers is unavailable; in the middle, the file breaks off", async () => {
  const early = openFile();
  early.core.emit("close");
  expect((await early.response).status).toBe(503);
  for (const end of ["close", "broken"]) {
    const { core, response } = openFile();
    core.send(head);
    core.send(piece);
    const read = await response;
    if (end === "close") core.emit("close");
    else core.send({ kind: "broken" });
    await expect(read.arrayBuffer()).rejects.toThrow("end");
  }
});

test("what is no piece is passed over", async () => {
  const { core, response } = openFile();
  for (const data of [null, {}, { kind: "piece", bytes: "x" }]) core.send(data);
  core.send({ ...head, hasBody: false });
  expect((await response).status).toBe(206);
});
