// A small folder to share in the demonstration: texts, a picture, a tone.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

/** @param {string} folder */
export function writeDemoFolder(folder) {
  mkdirSync(join(folder, "recipes"), { recursive: true });
  writeFileSync(
    join(folder, "read me first.txt"),
    "Everything in this folder is held in full by everybody who downloads it.\n",
  );
  writeFileSync(
    join(folder, "recipes", "bread.md"),
    "# Bread\n\n500 g flour, 350 g water, 10 g salt, a little yeast.\nWait a night. Bake at 240 °C for 40 minutes.\n",
  );
  writeFileSync(
    join(folder, "recipes", "soup.md"),
    "# Soup\n\nWhat is there, slowly, with bay leaves.\n",
  );
  writeFileSync(join(folder, "evening.png"), picture(640, 400));
  writeFileSync(join(folder, "tone.wav"), tone(2));
}

/** An evening sky as a PNG. @param {number} width @param {number} height */
function picture(width, height) {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sun = Math.hypot(x - width * 0.65, y - height * 0.6) < height / 7;
      const at = y * (1 + width * 3) + 1 + x * 3;
      const low = y / height;
      rows[at] = sun ? 255 : 60 + 180 * low;
      rows[at + 1] = sun ? 214 : 70 + 60 * low;
      rows[at + 2] = sun ? 120 : 130 - 60 * low;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    part("IHDR", head),
    part("IDAT", deflateSync(rows)),
    part("IEND", Buffer.alloc(0)),
  ]);
}

/** @param {string} kind @param {Buffer} content */
function part(kind, content) {
  const named = Buffer.concat([Buffer.from(kind), content]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(content.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

/** A fading A as a WAV. @param {number} seconds */
function tone(seconds) {
  const rate = 22_050;
  const samples = Buffer.alloc(rate * seconds * 2);
  for (let i = 0; i < rate * seconds; i++) {
    const loudness = 9000 * Math.exp((-3 * i) / rate);
    const wave = Math.sin((2 * Math.PI * 440 * i) / rate);
    samples.writeInt16LE(Math.round(loudness * wave), i * 2);
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
