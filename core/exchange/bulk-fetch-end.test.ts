import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { systemRandom } from "#core/base/random.ts";
import { makeBulkIdentity } from "#core/network/bulk-certificate.ts";
import { listenBulk } from "#core/network/bulk-link.ts";
import { testBytes, testContent } from "#core/testing/files-device.ts";
import { untilTrue } from "#core/testing/until.ts";
import { FetchEnd } from "./bulk-fetch-end.ts";
import {
  FRAME_HEAD_BYTES,
  putFrameHead,
  smallFrame,
  type FrameKind,
} from "./bulk-frames.ts";
import { BulkLinks } from "./bulk-links.ts";
import type { BulkOutcome, FetchNews } from "./bulk-messages.ts";
import { chunkLength } from "#core/files/chunks.ts";
import { encodeAsk, encodeIds } from "./wire.ts";

const KIB = 1024;
const LANE = 3;
const tools = { clock: systemClock, random: systemRandom };
const content = testContent(testBytes(600 * KIB));
const COUNT = 3;

let folder: string;
let path: string;
const sockets: TLSSocket[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "commonplace-bulk-"));
  path = join(folder, "growing");
  const file = await open(path, "w");
  await file.truncate(content.size);
  await file.close();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await rm(folder, { recursive: true });
});

/** A lane whose other end does what a test says; three chunks are asked for. */
async function asking(stallMs?: number) {
  const [ours, theirs] = [
    makeBulkIdentity(systemRandom),
    makeBulkIdentity(systemRandom),
  ];
  const news: FetchNews[] = [];
  const post = (one: FetchNews): void => {
    news.push(one);
  };
  const links = new BulkLinks(
    post,
    (end) => new FetchEnd(end, post, stallMs),
    tools,
  );
  const listener = await listenBulk(
    "127.0.0.1",
    { identity: theirs, peer: ours.fingerprint },
    tools,
  );
  if (listener === null) throw new Error("loopback has ports");
  const { port, token } = listener;
  const pins = { identity: ours, peer: theirs.fingerprint };
  links.take({
    kind: "dial",
    lane: LANE,
    host: "127.0.0.1",
    port,
    token,
    pins,
  });
  const other = await listener.link;
  if (other === null) throw new Error("the lane did not come up");
  sockets.push(other);
  await untilTrue(() => news.some(({ kind }) => kind === "up"));
  const end = links.find(LANE);
  const { size, chunkSize, list, root } = content;
  end?.file(0, { path, size, chunkSize, list });
  const indexes = [...Array(COUNT).keys()];
  const parts = indexes.map((index) => ({
    kind: "chunk" as const,
    root,
    index,
  }));
  end?.ask(
    encodeAsk({ first: 0, isUrgent: false, parts }),
    indexes.map((index) => ({ id: index, file: 0, index })),
  );
  return {
    other,
    end,
    news,
    down: () => untilTrue(() => news.find(({ kind }) => kind === "down")),
    outcomes(): ReadonlyMap<number, BulkOutcome> {
      return new Map(
        news.flatMap((one) => (one.kind === "settled" ? one.settled : [])),
      );
    },
  };
}

function frame(kind: FrameKind, id: number, body: Uint8Array): Buffer {
  const bytes = Buffer.alloc(FRAME_HEAD_BYTES + body.byteLength);
  putFrameHead(bytes, { kind, id, length: body.byteLength });
  bytes.set(body, FRAME_HEAD_BYTES);
  return bytes;
}

function chunk(index: number): Buffer {
  const at = index * content.chunkSize;
  const length = chunkLength(content.size, index);
  return Buffer.from(content.bytes.subarray(at, at + length));
}

test("FI11 FI2: chunks are proved, written into their places, and told of", async () => {
  const { other, outcomes, end, news } = await asking();
  for (const index of [2, 0, 1])
    other.write(frame("answer", index, chunk(index)));
  await untilTrue(() => outcomes().size === COUNT);
  expect([...outcomes().values()]).toEqual(["written", "written", "written"]);
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  end?.release(0);
  await untilTrue(() => news.some(({ kind }) => kind === "released"));
});

test("FI11 FI2: a chunk with one wrong bit, and one of another size, are not written", async () => {
  const { other, outcomes } = await asking();
  const wrong = chunk(0);
  wrong[1000] = (wrong[1000] ?? 0) ^ 1;
  other.write(frame("answer", 0, wrong));
  other.write(frame("answer", 1, chunk(1).subarray(1)));
  other.write(frame("lack", 0, encodeIds([2])));
  await untilTrue(() => outcomes().size === COUNT);
  expect(outcomes()).toEqual(
    new Map([
      [0, "wrong"],
      [1, "other"],
      [2, "lack"],
    ]),
  );
  const written = await readFile(path);
  expect(written.equals(Buffer.alloc(content.size))).toBe(true);
});

test.each([
  ["an answer nobody asked for", frame("answer", 9, Buffer.alloc(10))],
  ["an answer that was given already", frame("answer", 0, chunk(0))],
  [
    "an answer longer than a chunk",
    frame("answer", 1, Buffer.alloc(content.chunkSize + 1)),
  ],
  ["a lack of what nobody asked", smallFrame("lack", encodeIds([9]))],
  ["a lack that is not one", smallFrame("lack", Buffer.from([0xff]))],
  ["a lack without end", frame("lack", 0, Buffer.alloc(65 * KIB))],
  ["an ask", smallFrame("ask", Buffer.alloc(40))],
  ["garbage", testBytes(64 * KIB)],
])("FI11 HO1: %s ends the lane", async (_, bytes) => {
  const { other, down, outcomes } = await asking();
  other.write(frame("answer", 0, chunk(0)));
  other.write(bytes);
  expect(await down()).toMatchObject({ why: "format" });
  // What was proved before stays.
  expect(outcomes()).toEqual(new Map([[0, "written"]]));
});

test("FI11: an end that stalls in the middle of an answer is given up", async () => {
  const { other, down } = await asking(100);
  other.write(frame("answer", 0, chunk(0)).subarray(0, 100_000));
  expect(await down()).toMatchObject({ why: "stalled" });
});

test("FI11: an end that hangs up is gone, and nothing stays open", async () => {
  const { other, down, news } = await asking();
  other.write(frame("answer", 1, chunk(1)));
  other.end();
  expect(await down()).toMatchObject({ why: "closed" });
  expect(news.at(-1)?.kind).toBe("down");
});
