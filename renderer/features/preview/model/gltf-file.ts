import * as v from "valibot";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const optional = v.optional(whole);
const list = <S extends v.GenericSchema>(schema: S) =>
  v.optional(v.array(schema), []);

/** What is read of a glTF before anything is made of it; whatever else it holds stays as it is. */
const gltfSchema = v.looseObject({
  extensionsRequired: v.optional(v.array(v.string())),
  buffers: list(
    v.looseObject({ uri: v.optional(v.string()), byteLength: whole }),
  ),
  bufferViews: list(
    v.looseObject({ buffer: whole, byteOffset: optional, byteLength: whole }),
  ),
  images: list(
    v.looseObject({
      uri: v.optional(v.string()),
      bufferView: optional,
      mimeType: v.optional(v.string()),
      name: v.optional(v.string()),
    }),
  ),
  accessors: list(v.looseObject({ count: whole })),
  meshes: list(
    v.looseObject({
      primitives: v.array(
        v.looseObject({
          indices: optional,
          attributes: v.record(v.string(), whole),
        }),
      ),
    }),
  ),
  nodes: list(
    v.looseObject({ mesh: optional, children: v.optional(v.array(whole)) }),
  ),
});

export type Gltf = v.InferOutput<typeof gltfSchema>;

export interface GltfFile {
  readonly json: Gltf;
  /** The bytes inside of a GLB. */
  readonly inner: Uint8Array | null;
}

const GLB = 0x46546c67;
const JSON_PART = 0x4e4f534a;
const BINARY_PART = 0x004e4942;

/** Reads a glTF or GLB apart. Throws when it is neither. */
export function readGltf(bytes: Uint8Array): GltfFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0, true) !== GLB)
    return { json: parse(bytes), inner: null };
  let json: Gltf | null = null;
  let inner: Uint8Array | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at, true);
    const kind = view.getUint32(at + 4, true);
    const part = bytes.subarray(at + 8, end);
    if (kind === JSON_PART) json ??= parse(part);
    if (kind === BINARY_PART) inner ??= part;
    at = end;
  }
  if (json === null) throw new Error("no model");
  return { json, inner };
}

function parse(bytes: Uint8Array): Gltf {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const json: unknown = JSON.parse(text);
  return v.parse(gltfSchema, json);
}

/** One GLB with everything in one stretch of bytes: nothing of it is left to be fetched. */
export function writeGlb(json: Gltf, binary: Uint8Array): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const four = (length: number) => Math.ceil(length / 4) * 4;
  const textEnd = 20 + four(text.length);
  const glb = new Uint8Array(textEnd + 8 + four(binary.length));
  const view = new DataView(glb.buffer);
  view.setUint32(0, GLB, true);
  view.setUint32(4, 2, true);
  view.setUint32(8, glb.length, true);
  view.setUint32(12, four(text.length), true);
  view.setUint32(16, JSON_PART, true);
  glb.fill(0x20, 20, textEnd);
  glb.set(text, 20);
  view.setUint32(textEnd, four(binary.length), true);
  view.setUint32(textEnd + 4, BINARY_PART, true);
  glb.set(binary, textEnd + 8);
  return glb.buffer;
}
