import { expect, test } from "vitest";
import { qrCode } from "./qr-code.ts";
import { loadQrReader } from "./qr-reader.ts";

const link = `commonplace:${"ybndrfg8ejkmcpqxot1uwisza345h769".repeat(8)}`;

test("a code is read back as the link in capitals, with four modules of white around", async () => {
  const { size, rows } = qrCode(link);
  const edge = [...rows.slice(0, 4), ...rows.slice(-4)].flat();
  expect(edge.some((isDark) => isDark)).toBe(false);
  const scale = 4;
  const pixels = new Uint8ClampedArray((size * scale) ** 2 * 4).fill(255);
  for (let y = 0; y < size * scale; y += 1) {
    for (let x = 0; x < size * scale; x += 1) {
      const isDark =
        rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
      if (isDark)
        pixels.fill(
          0,
          (y * size * scale + x) * 4,
          (y * size * scale + x) * 4 + 3,
        );
    }
  }
  const read = await loadQrReader();
  expect(read(pixels, size * scale, size * scale)).toBe(link.toUpperCase());
  // Capitals take two modules of three; as bytes this link needs version 11 or more.
  expect(size - 8).toBeLessThanOrEqual(17 + 4 * 10);
});
