import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pdfBytes, wavBytes, zipBytes } from "./document-bytes.ts";
import {
  glbBytes,
  gltfElsewhere,
  gltfWithPicture,
  stlBytes,
} from "./model-bytes.ts";
import { pictureBytes } from "./pictures.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures", import.meta.url));
/** Nobody answers here; whoever asks all the same is caught. */
const ELSEWHERE = "http://127.0.0.1:9/outside";

const MARKDOWN = `# The pond

Cleaned **before the frost**, by whoever comes. Bring:

1. boots
2. a *net*
3. \`cake\`

> We said that last year too.

| Who   | Brings | Metres |
| :---- | :----: | -----: |
| Ana   |  rope  |     12 |
| Ben   |  pump  |      3 |

<img src="${ELSEWHERE}" onerror="document.title='taken'">

![a picture](${ELSEWHERE}) and [a link](https://example.com)
`;

const CAPTIONS = `1
00:00:00,000 --> 00:00:02,500
<b>Good evening</b>

2
00:00:02,500 --> 00:00:06,000
Everybody can hear us?
`;

const TABLE = `Who;Brings;Metres
"Torres, Ana";"rope
and <b onclick=""document.title='taken'"">net</b>";12
Ben;"pump;3
`;

/** Writes one file of each kind that is shown in the window. */
export function writePreviewFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const put = (name: string, bytes: string | Buffer) =>
    writeFileSync(join(folder, name), bytes);
  put(
    "01 picture.png",
    pictureBytes(900, 600, (x, y) => [
      60 + Math.floor(x / 6),
      120 + Math.floor(y / 6),
      (x ^ y) & 0x7f,
    ]),
  );
  copyFileSync(join(FIXTURES, "turned.jpg"), join(folder, "02 turned.jpg"));
  put(
    "03 drawing.svg",
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><script>document.title="taken"</script><image href="${ELSEWHERE}"/><circle cx="150" cy="100" r="80" fill="#1d5f4b" onload="document.title='taken'"/></svg>`,
  );
  put("04 text.txt", Buffer.from("Größe: 4 m²\nund so weiter\n", "latin1"));
  put("05 notes.md", MARKDOWN);
  put("06 sound.wav", wavBytes(20));
  copyFileSync(join(FIXTURES, "film.webm"), join(folder, "07 film.webm"));
  put("07 film.srt", CAPTIONS);
  copyFileSync(join(FIXTURES, "film.mp4"), join(folder, "08 film.mp4"));
  put("09 minutes.pdf", pdfBytes(30));
  put("10 ring.stl", stlBytes());
  put("11 pyramid.glb", glbBytes());
  put("12 pyramid.gltf", gltfWithPicture(`${ELSEWHERE}/wood.png`));
  put("13 archive.zip", zipBytes(["a.txt", "plans/", "plans/pond.pdf"]));
  put("14 letter.odd", Buffer.from([0, 1, 2, 3]));
  put("15 page.html", `<h1>Hello</h1><script>document.title="taken"</script>`);
  put("16 members.csv", TABLE);
}

/** Writes files that mean harm, or are not what they say. */
export function writeHostileFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const put = (name: string, bytes: string | Buffer) =>
    writeFileSync(join(folder, name), bytes);
  const flat = () => [1, 2, 3] as const;
  put("01 vast.png", pictureBytes(8, 8, flat, [65_000, 65_000]));
  put("02 torn.png", pictureBytes(8, 8, flat).subarray(0, 40));
  put("03 torn.jpg", Buffer.from("ffd8ffe000104a46494600", "hex"));
  put("04 torn.pdf", "%PDF-1.7\nnothing of the kind");
  put("05 torn.glb", Buffer.from("glTF\x02\0\0\0\xff\xff\0\0", "latin1"));
  put("06 torn.stl", Buffer.alloc(100, 7));
  put("07 torn.zip", Buffer.from("PK\x05\x06nothing", "latin1"));
  put("08 torn.webm", Buffer.from("1a45dfa3ffff", "hex"));
  put("09 torn.wav", wavBytes(1).subarray(0, 46));
  put("10 elsewhere.gltf", gltfElsewhere(`${ELSEWHERE}/shape.bin`));
  put(
    "11 many.zip",
    zipBytes(Array.from({ length: 100_000 }, (_, at) => `f${at}.txt`)),
  );
  put(
    "12 climbing.zip",
    zipBytes(["../../etc/passwd", "/root/.ssh/id", "a\u202Egnp.exe"]),
  );
  put("13 long line.txt", `${"x".repeat(5_000_000)}\n`);
  put("14 marks.txt", `a${"\u0301".repeat(500_000)}\n`);
  put("15 laughs.svg", laughs());
  put("16 empty.png", "");
  put("17 empty.txt", "");
  put("18 binary.txt", Buffer.alloc(200, 1));
  put("19 ring.gltf", circle());
}

/** Parts that use parts that use parts: 10^9 circles. */
function laughs(): string {
  const levels = Array.from(
    { length: 9 },
    (_, at) => `<g id="l${at + 1}">${`<use href="#l${at}"/>`.repeat(10)}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><circle id="l0" r="1"/>${levels.join("")}</defs><use href="#l9"/></svg>`;
}

/** Parts of a model that hang on each other. */
function circle(): string {
  return JSON.stringify({
    asset: { version: "2.0" },
    scenes: [{ nodes: [0] }],
    nodes: [{ children: [1] }, { children: [0] }],
  });
}
