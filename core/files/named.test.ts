import { expect, onTestFinished, test } from "vitest";
import { Database } from "#core/storage/database.ts";
import { testSpaceId } from "#core/testing/test-ids.ts";
import { chunkSizeFor, hashChunk, rootOf } from "./chunks.ts";
import { Named, NAMED_MIGRATION } from "./named.ts";

test("FI5: what was named in a change that came to nothing is not named", () => {
  const index = new Database(":memory:", {
    durable: false,
    migrations: [NAMED_MIGRATION],
  });
  onTestFinished(() => index.close());
  const space = testSpaceId("own");
  const root = rootOf(hashChunk(Buffer.from("a")));
  const content = {
    root,
    name: "a",
    size: 1,
    chunkSize: chunkSizeFor(1),
    mediaType: "text/plain",
  };
  const named = new Named(index);
  expect(() =>
    index.transaction(() => {
      named.add(space, "x", [content]);
      // Read while it is being folded, and remembered.
      expect(named.isNamed(root, new Set([space]))).toBe(true);
      throw new Error("the disk is full");
    }),
  ).toThrow("the disk is full");
  expect(named.isNamed(root, new Set([space]))).toBe(false);
  expect(named.find(root)).toBeNull();
});

test("FI5: many looked up at once are named where one by one they are, and nowhere else", () => {
  const index = new Database(":memory:", {
    durable: false,
    migrations: [NAMED_MIGRATION],
  });
  onTestFinished(() => index.close());
  const [own, other] = [testSpaceId("own"), testSpaceId("other")];
  const roots = ["a", "b", "c"].map((it) => rootOf(hashChunk(Buffer.from(it))));
  const content = (at: number) => ({
    root: roots[at] ?? rootOf(Buffer.alloc(0)),
    name: `${String(at)} "é\u{1F600}`,
    size: at,
    chunkSize: chunkSizeFor(at),
    mediaType: "text/plain",
  });
  const named = new Named(index);
  named.add(own, "x", [content(0)]);
  named.add(other, "x", [content(0), content(1)]);
  named.lookUp(roots);
  const seen = (space: typeof own) =>
    roots.map((root) => named.isNamed(root, new Set([space])));
  expect(seen(own)).toEqual([true, false, false]);
  expect(seen(other)).toEqual([true, true, false]);
  expect(named.find(content(1).root)).toEqual(content(1));
  named.add(own, "y", [content(2)]);
  expect(seen(own)).toEqual([true, false, true]);
});
