import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileRoot } from "#core/contract/ids.ts";
import { createShares, share } from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

/** A whole WebP of one dot, and the first bytes of one that says it is huge. */
const DOT = Buffer.from(
  "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
  "base64",
);
const PNG = Buffer.from(
  "89504e470d0a1a0a0000000d49484452000001400000012c0802000000",
  "hex",
);

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

function untold(person: TestPerson) {
  return person.core.states.untoldFiles({});
}

async function untilUntold(person: TestPerson, count: number) {
  return await until(untold(person), (files) => files.length === count, {
    timeoutMs: 15_000,
  });
}

/** How Ben sees the files, once it satisfies. */
async function seenByBen(
  collection: Parameters<
    TestPerson["core"]["states"]["collection"]
  >[0]["collection"],
  isThere: (looks: readonly (object | null)[]) => boolean,
) {
  const page = shares.ben.core.states.collection({
    collection,
    folder: "",
    search: "",
    first: 0,
    count: 10,
  });
  const looksOf = (value: ReturnType<typeof page.peek>) =>
    (value?.items ?? []).map((it) => (it.kind === "file" ? it.look : null));
  return looksOf(await until(page, (value) => isThere(looksOf(value))));
}

async function bytesOf(person: TestPerson, root: FileRoot): Promise<Buffer> {
  const signal = AbortSignal.timeout(10_000);
  const file = await person.core.files.open(root, null, signal);
  const pieces: Uint8Array[] = [];
  for await (const piece of file?.stream ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
}

test("FI12: what the page found out of a file is known to others with its small picture, the file itself unfetched", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("Songs", {
    "a.png": PNG,
    "b.txt": "no look",
  });
  const collection = await share(ana, folder);
  const [file] = await untilUntold(ana, 1);
  expect(file).toMatchObject({ name: "a.png", mediaType: "image/png" });
  if (file === undefined) throw new Error("no file");
  await ana.core.handlers.describeFiles({
    looks: [
      {
        kind: "seen",
        root: file.root,
        width: 320,
        height: 300,
        durationMs: null,
        picture: DOT.toString("base64"),
      },
    ],
  });
  expect(untold(ana).peek()).toEqual([]);
  const [look] = await seenByBen(collection, ([it]) => it !== null);
  expect(look).toMatchObject({
    width: 320,
    height: 300,
    picture: { size: DOT.length },
  });
  const root = look?.picture?.root;
  if (root === undefined) throw new Error("no picture");
  expect((await bytesOf(ben, root)).equals(DOT)).toBe(true);
  // Told once: not asked again after a restart.
  const again = await ana.restart();
  expect(await untilUntold(again, 0)).toEqual([]);
});

test("FI12: what is no small picture is not passed on, and what nobody asked for is not written", async () => {
  const { ana } = shares;
  const folder = await shares.folder("Songs", { "a.png": PNG });
  const collection = await share(ana, folder);
  const [file] = await untilUntold(ana, 1);
  if (file === undefined) throw new Error("no file");
  const sides = { width: 1, height: 1, durationMs: null } as const;
  const huge = Buffer.from(DOT);
  huge.writeUInt32LE(0xffffffff, 21);
  await ana.core.handlers.describeFiles({
    looks: [
      {
        kind: "seen",
        root: file.root,
        ...sides,
        picture: huge.toString("base64"),
      },
    ],
  });
  const [look] = await seenByBen(collection, ([it]) => it !== null);
  expect(look).toMatchObject({ width: 1, picture: null });
});

test("a file that cannot be decoded is never asked about again, one that could not be read is after a restart", async () => {
  const { ana } = shares;
  const other = Buffer.concat([PNG, Buffer.from("other")]);
  const folder = await shares.folder("Songs", {
    "a.png": PNG,
    "b.png": other,
  });
  await share(ana, folder);
  const [a, b] = await untilUntold(ana, 2);
  if (a === undefined || b === undefined) throw new Error("no files");
  await ana.core.handlers.describeFiles({
    looks: [
      { kind: "blind", root: a.root },
      { kind: "later", root: b.root },
    ],
  });
  expect(untold(ana).peek()).toEqual([]);
  const again = await ana.restart();
  expect(await untilUntold(again, 1)).toMatchObject([{ name: "b.png" }]);
});
