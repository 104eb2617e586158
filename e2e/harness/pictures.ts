import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const SIDE = 8;

/** Writes a PNG of 8 by 8 green pixels. */
export function writePicture(path: string): void {
  writeFileSync(
    path,
    pictureBytes(SIDE, SIDE, () => [0x2e, 0x8b, 0x57]),
  );
}

/**
 * A PNG, pixel by pixel.
 * @param claimed the size it says it has, when that is another
 */
export function pictureBytes(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
  claimed: readonly [number, number] = [width, height],
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(claimed[0], 0);
  head.writeUInt32BE(claimed[1], 4);
  head[8] = 8;
  head[9] = 2;
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows.set(colour(x, y), y * (1 + width * 3) + 1 + x * 3);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    part("IHDR", head),
    part("IDAT", deflateSync(rows)),
    part("IEND", Buffer.alloc(0)),
  ]);
}

function part(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
