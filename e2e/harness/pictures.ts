import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const SIDE = 8;

/** Writes a PNG of 8 by 8 green pixels. */
export function writePicture(path: string): void {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIDE, 0);
  head.writeUInt32BE(SIDE, 4);
  head[8] = 8;
  head[9] = 2;
  const row = Buffer.concat([
    Buffer.from([0]),
    Buffer.alloc(SIDE * 3, Buffer.from([0x2e, 0x8b, 0x57])),
  ]);
  const rows = Buffer.concat(Array.from({ length: SIDE }, () => row));
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      part("IHDR", head),
      part("IDAT", deflateSync(rows)),
      part("IEND", Buffer.alloc(0)),
    ]),
  );
}

function part(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
