import { readPictureHeader } from "#core/contract/picture-header.ts";
import { type Gltf, type GltfFile, writeGlb } from "./gltf-file.ts";

/** Pictures on a model, in pixels all together. */
const SKIN_PIXELS = 64_000_000;
/** A point of grey, where a picture cannot be had. */
const BLANK =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPYsGEDAAQkAhG7+/aHAAAAAElFTkSuQmCC";
const INLINE = /^data:[\w/+.-]*(?:;[\w=.-]+)*;base64,/u;

export interface ClosedGltf {
  readonly glb: ArrayBuffer;
  /** Names of files that belong to it and are not in it. */
  readonly missing: readonly string[];
}

/** A part of the model's shape is in another file; nothing can be drawn. */
export class ModelPartMissing extends Error {
  readonly part: string;

  constructor(part: string) {
    super("a part is in another file");
    this.part = part;
  }
}

/**
 * A model with everything in it and nothing outside of it: addresses are never
 * followed. Pictures that lie elsewhere become grey and are named; shapes that
 * lie elsewhere end it.
 *
 * @throws ModelPartMissing
 */
export function closeGltf({ json, inner }: GltfFile): ClosedGltf {
  const missing: string[] = [];
  const parts = json.buffers.map(({ uri }, place) => {
    if (uri === undefined && place === 0 && inner !== null) return inner;
    if (uri === undefined) throw new Error("a part without bytes");
    if (!INLINE.test(uri)) throw new ModelPartMissing(nameOf(uri));
    return inline(uri);
  });
  const starts: number[] = [];
  let length = 0;
  for (const part of parts) {
    starts.push(length);
    length += Math.ceil(part.length / 8) * 8;
  }
  const binary = new Uint8Array(length);
  parts.forEach((part, place) => binary.set(part, starts[place]));
  const bufferViews = json.bufferViews.map((one) => {
    const start = (starts[one.buffer] ?? Infinity) + (one.byteOffset ?? 0);
    if (start + one.byteLength > length) throw new Error("outside its bytes");
    return { ...one, buffer: 0, byteOffset: start };
  });
  let pixels = 0;
  const images = json.images.map((image) => {
    const bytes = bytesOf(image, bufferViews, binary);
    if (bytes === null) {
      missing.push(nameOf(image.uri ?? image.name ?? "picture"));
      return { uri: BLANK };
    }
    const size = readPictureHeader(bytes);
    pixels += size === null ? 0 : size.width * size.height;
    // What is no picture, or too many, is left out; the shape is what counts.
    return size === null || pixels > SKIN_PIXELS ? { uri: BLANK } : image;
  });
  const closed: Gltf = {
    ...json,
    images,
    bufferViews,
    buffers: length === 0 ? [] : [{ byteLength: length }],
  };
  return { glb: writeGlb(closed, binary), missing };
}

function bytesOf(
  image: Gltf["images"][number],
  views: Gltf["bufferViews"],
  binary: Uint8Array,
): Uint8Array | null {
  if (image.uri !== undefined)
    return INLINE.test(image.uri) ? inline(image.uri) : null;
  const view = views[image.bufferView ?? -1];
  const start = view?.byteOffset ?? 0;
  return view === undefined
    ? new Uint8Array()
    : binary.subarray(start, start + view.byteLength);
}

function inline(uri: string): Uint8Array {
  const text = atob(uri.slice(uri.indexOf(",") + 1));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** The last part of an address, as a name to show. */
function nameOf(uri: string): string {
  if (uri.startsWith("data:")) return "a part in an unknown form";
  return uri.split(/[?#]/u)[0]?.split(/[/\\]/u).at(-1)?.slice(0, 80) ?? "";
}
