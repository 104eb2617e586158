import { afterEach, expect, test, vi } from "vitest";
import { readPart } from "./read-part.ts";

afterEach(() => vi.unstubAllGlobals());

const { signal } = new AbortController();
const body = Uint8Array.from({ length: 100 }, (_, at) => at);

function answer(status: number, bytes: Uint8Array<ArrayBuffer> | null) {
  const asked = vi.fn<typeof fetch>(() =>
    Promise.resolve(new Response(bytes, { status })),
  );
  vi.stubGlobal("fetch", asked);
  return asked;
}

test("a part is asked for by its range", async () => {
  const asked = answer(206, body.slice(10, 20));
  expect(await readPart("/file", 10, 20, signal)).toEqual(body.slice(10, 20));
  expect(asked.mock.calls[0]?.[1]?.headers).toEqual({ range: "bytes=10-19" });
});

test("where ranges are not known, the part is cut out of the whole", async () => {
  answer(200, body);
  expect(await readPart("/file", 10, 20, signal)).toEqual(body.slice(10, 20));
});

test("nothing is asked for an empty part", async () => {
  const asked = answer(416, null);
  expect(await readPart("/file", 0, 0, signal)).toHaveLength(0);
  expect(asked).not.toHaveBeenCalled();
});

test("what nobody in reach has is away, what has no room says so, what does not exist is an error", async () => {
  answer(503, null);
  await expect(readPart("/file", 0, 9, signal)).rejects.toMatchObject({
    code: "file-away",
  });
  answer(507, null);
  await expect(readPart("/file", 0, 9, signal)).rejects.toMatchObject({
    code: "disk-full",
  });
  answer(404, null);
  await expect(readPart("/file", 0, 9, signal)).rejects.toThrow("404");
});
