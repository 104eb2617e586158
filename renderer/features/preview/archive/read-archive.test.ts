import { afterEach, expect, test, vi } from "vitest";
import { readArchive } from "./read-archive.ts";

afterEach(() => vi.unstubAllGlobals());

/** A zip of empty files by these names. */
function zip(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const word = (...values: readonly [number, number][]) =>
    values.flatMap(([value, bytes]) =>
      Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 0xff),
    );
  const bytes: number[] = [];
  const list: number[] = [];
  for (const name of names) {
    const text = new TextEncoder().encode(name);
    const common: [number, number][] = [
      [20, 2],
      [0x800, 2],
      [0, 2],
      [0, 4],
      [0, 4],
      [0, 4],
      [0, 4],
      [text.length, 2],
      [0, 2],
    ];
    list.push(
      ...word(
        [0x02014b50, 4],
        [20, 2],
        ...common,
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 4],
        [bytes.length, 4],
      ),
      ...text,
    );
    bytes.push(...word([0x04034b50, 4], ...common), ...text);
  }
  const count = names.length;
  const end = word(
    [0x06054b50, 4],
    [0, 4],
    [count, 2],
    [count, 2],
    [list.length, 4],
    [bytes.length, 4],
    [0, 2],
  );
  return Uint8Array.from([...bytes, ...list, ...end]);
}

function serve(bytes: Uint8Array<ArrayBuffer>) {
  const asked = vi.fn<typeof fetch>((_, init) => {
    const range = new Headers(init?.headers).get("range") ?? "";
    const [from = 0, to = 0] = (/(\d+)-(\d+)/u.exec(range) ?? [])
      .slice(1)
      .map(Number);
    return Promise.resolve(
      new Response(bytes.slice(from, to + 1), { status: 206 }),
    );
  });
  vi.stubGlobal("fetch", asked);
  return asked;
}

const { signal } = new AbortController();

test("an archive is listed by parts of the file", async () => {
  const bytes = zip(["a.txt", "plans/", "plans/pond.pdf"]);
  serve(bytes);
  const { entries, isCut } = await readArchive("/a.zip", bytes.length, signal);
  expect(entries.map(({ name, isFolder }) => [name, isFolder])).toEqual([
    ["a.txt", false],
    ["plans/", true],
    ["plans/pond.pdf", false],
  ]);
  expect(isCut).toBe(false);
});

test("J5: names that climb are listed as they are, and lead nowhere", async () => {
  const bytes = zip(["../../etc/passwd", "/root/id", "C:\\a"]);
  serve(bytes);
  const { entries } = await readArchive("/a.zip", bytes.length, signal);
  expect(entries.map(({ name }) => name)).toEqual([
    "../../etc/passwd",
    "/root/id",
    "C:\\a",
  ]);
});

test("J5: of twelve thousand entries ten thousand are listed", async () => {
  const bytes = zip(
    Array.from({ length: 12_000 }, (_, at) => `f${String(at)}`),
  );
  serve(bytes);
  const { entries, isCut } = await readArchive("/a.zip", bytes.length, signal);
  expect(entries).toHaveLength(10_000);
  expect(isCut).toBe(true);
});

test("J5: a claimed list of gigabytes is not read", async () => {
  const bytes = zip(["a"]);
  // The length of the list, in the end record.
  bytes.set([0xf0, 0xff, 0xff, 0x7f], bytes.length - 10);
  const asked = serve(bytes);
  await expect(readArchive("/a.zip", 4e9, signal)).rejects.toThrow();
  for (const [, init] of asked.mock.calls) {
    const range = new Headers(init?.headers).get("range") ?? "";
    const [from = 0, to = 0] = (/(\d+)-(\d+)/u.exec(range) ?? [])
      .slice(1)
      .map(Number);
    expect(to - from).toBeLessThan(50_000_000);
  }
});
