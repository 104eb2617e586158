import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { systemRandom } from "#core/base/random.ts";
import { chunkSizeFor, hashChunk, rootOf } from "./chunks.ts";
import { Hasher } from "./hasher.ts";
import type { Holding } from "./model.ts";
import { copyForPlacing } from "./place-copy.ts";
import { openDestination, type Destination } from "./place-folder.ts";

const hasher = new Hasher(1);
let root = "";
let destination: Destination;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "place-copy-"));
  destination = await openDestination(join(root, "in"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function held(content: string): Holding {
  const absolutePath = join(root, "held");
  writeFileSync(absolutePath, content);
  return {
    absolutePath,
    root: rootOf(hashChunk(Buffer.from(content))),
    size: Buffer.byteLength(content),
    chunkSize: chunkSizeFor(0),
    mtimeMs: statSync(absolutePath).mtimeMs,
    origin: "mine",
  };
}

async function copy(holding: Holding): Promise<string> {
  try {
    return await copyForPlacing(holding, destination, hasher, systemRandom);
  } catch (error) {
    return isCoreError(error) ? `(${error.code})` : String(error);
  }
}

test("FI9: content that is here gets a second file of its own, without fetching", async () => {
  const holding = held("content");
  const [one, two] = [await copy(holding), await copy(holding)];
  writeFileSync(holding.absolutePath, "changed");
  expect([one, two].map((path) => readFileSync(path, "utf8"))).toEqual([
    "content",
    "content",
  ]);
  expect(one).not.toBe(two);
});

test("FI2: a copy of what changed or is gone is not given out, and nothing is left of it", async () => {
  const holding = held("content");
  writeFileSync(holding.absolutePath, "another");
  expect(await copy(holding)).toBe("(file-away)");
  rmSync(holding.absolutePath);
  expect(await copy(holding)).toBe("(file-away)");
  expect(readdirSync(destination.incoming)).toEqual([]);
  const back = held("content");
  rmSync(destination.folder, { recursive: true });
  expect(await copy(back)).toBe("(folder-missing)");
});
