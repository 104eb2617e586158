// oxlint-disable-next-line import/default -- Vite gives the address of the file
import workerAddress from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

/**
 * What a document may need beside itself: tables of East Asian letters, letters
 * for documents that bring none, decoders of two old kinds of picture. They come
 * with the app and are read only when a document asks for them.
 */
const tables = import.meta.glob<string>(
  "/../node_modules/pdfjs-dist/cmaps/*.bcmap",
  { query: "?url", import: "default", eager: true },
);
const letters = import.meta.glob<string>(
  [
    "/../node_modules/pdfjs-dist/standard_fonts/*.pfb",
    "/../node_modules/pdfjs-dist/standard_fonts/*.ttf",
  ],
  { query: "?url", import: "default", eager: true },
);
const decoders = import.meta.glob<string>(
  "/../node_modules/pdfjs-dist/wasm/*_nowasm_fallback.js",
  { query: "?url", import: "default", eager: true },
);

const parts: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...tables, ...letters }).map(([path, address]) => [
    path.slice(path.lastIndexOf("/") + 1),
    address,
  ]),
);

export { workerAddress };

/** The folder the decoders stand in, for the worker. */
export function decoderFolder(): string {
  const [one] = Object.values(decoders);
  if (one === undefined) return "";
  const address = new URL(one, document.baseURI).href;
  return address.slice(0, address.lastIndexOf("/") + 1);
}

/** Hands the document's reader what it asks for by name, and nothing that did not come with the app. */
export class PdfParts {
  async fetch(asked: { readonly filename: string }): Promise<Uint8Array> {
    const address = parts.get(asked.filename);
    if (address === undefined) throw new Error("no such part");
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`answered ${String(answer.status)}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}
