import fc from "fast-check";
import { expect, test } from "vitest";
import { pictureSize } from "./picture-size.ts";

const bytes = (hex: string) =>
  Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));

test.each([
  ["PNG", "89504e470d0a1a0a0000000d494844520000fde80000fde8", 65_000, 65_000],
  ["GIF", "474946383961 2c01 c800".replaceAll(" ", ""), 300, 200],
  [
    "BMP from top to bottom",
    `424d${"00".repeat(16)}2c01000038ffffff`,
    300,
    200,
  ],
  [
    "JPEG behind its camera's notes",
    "ffd8ffe10004abcdffc000110800c8012c03",
    300,
    200,
  ],
  [
    "WebP, extended",
    `52494646000000005745425056503858${"00".repeat(8)}2b0100c70000`,
    300,
    200,
  ],
  [
    "AVIF with a tile and a whole",
    `0000001c66747970617669660000000069737065${"00".repeat(4)}000000400000004069737065${"00".repeat(4)}0000012c000000c8`,
    300,
    200,
  ],
])(
  "J3: a %s says how large it is before it is drawn",
  (_, hex, width, height) => {
    expect(pictureSize(bytes(hex))).toEqual({ width, height });
  },
);

test.each([
  "",
  "89504e47",
  "ffd8",
  "ffd8ffe1ffff",
  "ffd8ffff",
  "424d",
  "52494646",
])("%s is no picture", (hex) => {
  expect(pictureSize(bytes(hex))).toBeNull();
});

test("J3: whatever the bytes, there is an answer", () => {
  const starts = ["", "ffd8", "89504e470d0a1a0a", "474946383961", "424d"];
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.uint8Array({ maxLength: 80 }),
      (start, rest) => {
        const size = pictureSize(Uint8Array.of(...bytes(start), ...rest));
        if (size === null) return;
        expect(size.width).toBeGreaterThanOrEqual(0);
        expect(size.height).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
