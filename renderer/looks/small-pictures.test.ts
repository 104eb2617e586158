import { expect, test } from "vitest";
import { LOOK_PICTURE_BYTES } from "#core/contract/limits.ts";
import { safeType } from "./small-pictures.ts";

/** The beginning of a WebP of this size, in so many bytes. */
function webp(width: number, height: number, size = 100): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("RIFF"), 0);
  bytes.set(new TextEncoder().encode("WEBPVP8L"), 8);
  view.setUint8(20, 0x2f);
  view.setUint32(21, ((height - 1) << 14) | (width - 1), true);
  return bytes;
}

test("FI12: only pictures that are small in every way are shown", () => {
  expect(safeType(webp(320, 240))).toBe("image/webp");
  expect(safeType(webp(512, 512))).toBe("image/webp");
  // Small to fetch, huge to decode.
  expect(safeType(webp(16_383, 16_383))).toBeNull();
  expect(safeType(webp(513, 1))).toBeNull();
  expect(safeType(webp(320, 240, LOOK_PICTURE_BYTES + 1))).toBeNull();
});

test.each([
  ["a drawing", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
  ["a page", "<!doctype html><script>1</script>"],
  ["nothing", ""],
  ["an animation", "GIF89a\u0001\u0001\u0001\u0001"],
])("FI12: %s is no small picture", (_, text) => {
  expect(safeType(new TextEncoder().encode(text))).toBeNull();
});
