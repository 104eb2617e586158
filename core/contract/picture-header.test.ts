import fc from "fast-check";
import { expect, test } from "vitest";
import { readPictureHeader } from "./picture-header.ts";

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(" ", "").match(/../g) ?? [], (two) =>
    Number.parseInt(two, 16),
  );
}

const PNG = "89504e47 0d0a1a0a 0000000d 49484452";
const JPEG_APP = "ffd8 ffe0 0004 0000";

test.each([
  ["image/png", `${PNG} 00000140 000000f0`, 320, 240],
  // A bomb says how large it is before anybody decodes it.
  ["image/png", `${PNG} 0000ffff 0000ffff`, 65_535, 65_535],
  ["image/gif", "474946383961 4001 f000", 320, 240],
  ["image/jpeg", `${JPEG_APP} ffc0 0011 08 00f0 0140`, 320, 240],
  ["image/jpeg", `ffd8 ffff ffc2 0011 08 00f0 0140`, 320, 240],
  [
    "image/webp",
    "52494646 00000000 57454250 56503820 00000000 000000 9d012a 4001 f000",
    320,
    240,
  ],
  [
    "image/webp",
    "52494646 00000000 57454250 5650384c 00000000 2f 3fc13b00",
    320,
    240,
  ],
  [
    "image/webp",
    "52494646 00000000 57454250 56503858 0a000000 00000000 3f0100 ef0000",
    320,
    240,
  ],
  ["image/bmp", `424d ${"00".repeat(12)} 28000000 40010000 10ffffff`, 320, 240],
  [
    "image/avif",
    `0000001c 66747970 61766966 ${"00".repeat(16)} 00000014 69737065 00000000 00000140 000000f0 ${"00".repeat(16)}`,
    320,
    240,
  ],
])("%s says how large it is in its first bytes", (type, hex, width, height) => {
  expect(readPictureHeader(bytesOf(hex))).toEqual({ type, width, height });
});

test.each([
  ["nothing", ""],
  ["text", "68656c6c6f20776f726c64"],
  ["a cut-off header", PNG],
  ["no width", `${PNG} 00000000 000000f0`],
  ["a scan before its frame", `${JPEG_APP} ffda`],
  ["segments without end", `ffd8 ${"ffe0 0002".repeat(300)}`],
])("%s is no picture", (_, hex) => {
  expect(readPictureHeader(bytesOf(hex))).toBeNull();
});

test("no bytes at all make it throw", () => {
  const starts = [PNG, "ffd8", "47494638", "52494646", "424d", "00000000"];
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.uint8Array({ maxLength: 200 }),
      (start, rest) => {
        const header = readPictureHeader(
          Uint8Array.from([...bytesOf(start), ...rest]),
        );
        if (header !== null) expect(header.width).toBeGreaterThan(0);
      },
    ),
  );
});

test("J3: a JPEG says how large it is behind its camera's notes, an AVIF by its whole and not a tile", () => {
  const ispe = (width: string, height: string) =>
    `69737065 00000000 ${width} ${height}`;
  const sizes = [
    "ffd8 ffe1 0004 abcd ffc0 0011 08 00c8 012c 03",
    `0000001c 66747970 61766966 00000000 ${ispe("00000040", "00000040")} ${ispe("0000012c", "000000c8")} 00000000`,
  ].map((hex) => readPictureHeader(bytesOf(hex)));
  expect(sizes).toMatchObject([
    { width: 300, height: 200 },
    { width: 300, height: 200 },
  ]);
});
