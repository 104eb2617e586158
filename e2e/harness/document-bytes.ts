/** A PDF of so many pages, with a script that runs when it opens, and a link. */
export function pdfBytes(pages: number): Buffer {
  const objects: string[] = [];
  const add = (text: string) => objects.push(text);
  const kids = Array.from({ length: pages }, (_, at) => `${5 + at * 2} 0 R`);
  add(
    "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('opened'\\);this.submitForm\\('http://127.0.0.1:9/'\\))>>>>",
  );
  add(`<</Type/Pages/Count ${pages}/Kids[${kids.join(" ")}]>>`);
  add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
  add(
    "<</Type/Annot/Subtype/Link/Rect[72 600 400 700]/A<</S/URI/URI(http://127.0.0.1:9/)>>>>",
  );
  for (let at = 0; at < pages; at++) {
    add(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]/Resources<</Font<</F1 3 0 R>>>>/Contents ${6 + at * 2} 0 R>>`,
    );
    const drawn = `BT /F1 28 Tf 72 740 Td (Minutes, page ${at + 1}) Tj /F1 13 Tf 0 -40 Td (The pond is to be cleaned before the frost.) Tj ET 0.11 0.37 0.29 rg 72 560 180 90 re f`;
    add(`<</Length ${drawn.length}>>\nstream\n${drawn}\nendstream`);
  }
  let text = "%PDF-1.4\n";
  const places = objects.map((body, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return String(place).padStart(10, "0");
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  text += places.map((place) => `${place} 00000 n \n`).join("");
  text += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** A zip of empty and small files by these names, nothing compressed. */
export function zipBytes(names: readonly string[]): Buffer {
  const parts: Buffer[] = [];
  const lists: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const bytes = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(0x0800, 6);
    head.writeUInt16LE(bytes.length, 26);
    parts.push(head, bytes);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(0x0800, 8);
    entry.writeUInt16LE(bytes.length, 28);
    entry.writeUInt32LE(at, 42);
    lists.push(entry, bytes);
    at += head.length + bytes.length;
  }
  const list = Buffer.concat(lists);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(names.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(names.length, 0xffff), 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

/** A tone of so many seconds, 8,000 samples a second. */
export function wavBytes(seconds: number): Buffer {
  const samples = seconds * 8_000;
  const bytes = Buffer.alloc(44 + samples);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(36 + samples, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8_000, 24);
  bytes.writeUInt32LE(8_000, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at++)
    bytes[44 + at] =
      128 + Math.round(40 * Math.sin((at / 8_000) * 440 * 6.283));
  return bytes;
}
