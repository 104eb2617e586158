import { crc32, deflateSync } from "node:zlib";

/** Pictures that cost more than they look, and two good ones, by name. */
export function bombs(): readonly (readonly [string, Buffer])[] {
  return [
    ["a wide.png", png(1_000_000, 1)],
    ["b huge.png", png(65_000, 65_000)],
    ["c cut off.png", png(40, 30).subarray(0, 40)],
    [
      "d no picture.jpg",
      Buffer.concat([Buffer.from("ffd8ffe0", "hex"), Buffer.alloc(2_000, 7)]),
    ],
    ["e frames.gif", gif(10_000)],
    ["zz good.png", png(640, 480)],
  ];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

/** A grey picture of this size; of the huge ones only the first rows are there. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * Math.min(height, 480), 99);
  for (let at = 0; at < rows.length; at += width + 1) rows[at] = 0;
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A picture of one dot that moves through this many frames. */
function gif(frames: number): Buffer {
  const head = Buffer.from("4749463839610a000a00800000000000ffffff", "hex");
  const frame = Buffer.from(
    "21f90404010000002c000000000100010000020144003b".slice(0, -2),
    "hex",
  );
  const all = Array.from({ length: frames }, () => frame);
  return Buffer.concat([head, ...all, Buffer.from([0x3b])]);
}
