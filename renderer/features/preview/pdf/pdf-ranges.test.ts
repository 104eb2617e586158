// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { PdfRanges, type PdfWait } from "./pdf-ranges.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Ranges of a document whose bytes are answered with these, one after the other. */
function ranges(answers: number[]) {
  vi.useFakeTimers();
  const answer = () => {
    const status = answers.shift() ?? 206;
    return new Response(status === 206 ? "%PDF" : null, { status });
  };
  vi.stubGlobal("fetch", () => Promise.resolve(answer()));
  const heard: (PdfWait | "broken" | null)[] = [];
  const reader = new PdfRanges("/file/x", 1_000, {
    onWait: (wait) => heard.push(wait),
    onBroken: () => heard.push("broken"),
  });
  const came: number[] = [];
  vi.spyOn(reader, "onDataRange").mockImplementation((begin) => {
    came.push(begin);
  });
  return { reader, heard, came };
}

test("without room a document says so, and comes as soon as there is some", async () => {
  const { reader, heard, came } = ranges([507, 206]);
  reader.requestDataRange(0, 100);
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(["room"]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(heard).toEqual(["room", null]);
  expect(came).toEqual([0]);
});

test("as long as one part is away the document waits, whatever else comes", async () => {
  const { reader, heard, came } = ranges([503, 206, 206]);
  reader.requestDataRange(0, 100);
  reader.requestDataRange(100, 200);
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(["people"]);
  expect(came).toEqual([100]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(heard).toEqual(["people", null]);
});

test("bytes that cannot be read are not asked for for ever", async () => {
  const { reader, heard } = ranges([404]);
  reader.requestDataRange(0, 100);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual(["broken"]);
});
