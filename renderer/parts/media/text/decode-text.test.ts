import { expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";
import { textLines } from "./text-lines.ts";

const read = (...bytes: number[]) => decodeText(Uint8Array.from(bytes), false);

test("letters are read as they were written", () => {
  expect(decodeText(new TextEncoder().encode("Größe"), false)).toEqual({
    text: "Größe",
    encoding: "UTF-8",
  });
  expect(read(0x47, 0x72, 0xf6, 0xdf, 0x65)).toEqual({
    text: "Größe",
    encoding: "Windows-1252",
  });
  expect(read(0xff, 0xfe, 0x41, 0)?.text).toBe("A");
  expect(read(0xfe, 0xff, 0, 0x41)?.text).toBe("A");
});

test("a letter that was cut through at the end does not change the others", () => {
  expect(decodeText(Uint8Array.of(0x61, 0xc3), true)).toEqual({
    text: "a",
    encoding: "UTF-8",
  });
});

test("what is no text is not shown as one", () => {
  expect(read(0x50, 0x4b, 3, 4, 0)).toBeNull();
  expect(decodeText(new Uint8Array(100).fill(1), false)).toBeNull();
});

test("J7: a line of five megabytes is cut, and says so", () => {
  const [line] = textLines("x".repeat(5_000_000));
  expect(line?.text).toHaveLength(4_000);
  expect(line?.cut).toBe(4_996_000);
});

test("J7: no letter carries half a million marks", () => {
  const [line] = textLines(`a${"\u0301".repeat(500_000)}`);
  expect(line?.text.length).toBeLessThan(5);
});

test("lines end as any system ends them", () => {
  expect(textLines("a\r\nb\rc\nd\n").map((line) => line.text)).toEqual([
    "a",
    "b",
    "c",
    "d",
  ]);
});
