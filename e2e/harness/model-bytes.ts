/** A ring of triangles as a binary STL. */
export function stlBytes(): Buffer {
  const triangles = ringOf(36, 18);
  const bytes = Buffer.alloc(84 + triangles.length * 50);
  bytes.writeUInt32LE(triangles.length, 80);
  triangles.forEach((corners, place) => {
    corners.flat().forEach((value, at) => {
      bytes.writeFloatLE(value, 84 + place * 50 + 12 + at * 4);
    });
  });
  return bytes;
}

type Point = readonly [number, number, number];

function ringOf(around: number, across: number): Point[][] {
  const at = (i: number, j: number): Point => {
    const u = (i / around) * 2 * Math.PI;
    const w = (j / across) * 2 * Math.PI;
    const r = 30 + 10 * Math.cos(w);
    return [r * Math.cos(u), r * Math.sin(u), 10 * Math.sin(w)];
  };
  const found: Point[][] = [];
  for (let i = 0; i < around; i++)
    for (let j = 0; j < across; j++) {
      const [a, b, c, d] = [
        at(i, j),
        at(i + 1, j),
        at(i + 1, j + 1),
        at(i, j + 1),
      ];
      found.push([a, b, c], [a, c, d]);
    }
  return found;
}

/** A pyramid: positions, and the parts of a glTF that name them. */
function pyramid(uri: string | null): {
  readonly json: Record<string, unknown>;
  readonly bytes: Buffer;
} {
  const corners: readonly Point[] = [
    [-1, 0, -1],
    [1, 0, -1],
    [1, 0, 1],
    [-1, 0, 1],
    [0, 1.6, 0],
  ];
  const faces = [0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4, 0, 2, 1, 0, 3, 2];
  const points = faces.flatMap((corner) => corners[corner] ?? []);
  const bytes = Buffer.alloc(points.length * 4);
  points.forEach((value, place) => bytes.writeFloatLE(value, place * 4));
  return {
    bytes,
    json: {
      asset: { version: "2.0" },
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: [{ mesh: 0 }],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }],
      materials: [
        {
          doubleSided: true,
          pbrMetallicRoughness: {
            baseColorFactor: [0.8, 0.45, 0.25, 1],
            metallicFactor: 0,
          },
        },
      ],
      accessors: [
        {
          bufferView: 0,
          componentType: 5126,
          count: points.length / 3,
          type: "VEC3",
          min: [-1, 0, -1],
          max: [1, 1.6, 1],
        },
      ],
      bufferViews: [{ buffer: 0, byteLength: bytes.length }],
      buffers: [{ byteLength: bytes.length, ...(uri === null ? {} : { uri }) }],
    },
  };
}

/** A pyramid as a GLB. */
export function glbBytes(): Buffer {
  const { json, bytes } = pyramid(null);
  const text = Buffer.from(JSON.stringify(json));
  const padded = Buffer.concat([text, Buffer.alloc(-text.length & 3, " ")]);
  const head = Buffer.alloc(20);
  head.write("glTF", 0, "latin1");
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(28 + padded.length + bytes.length, 8);
  head.writeUInt32LE(padded.length, 12);
  head.write("JSON", 16, "latin1");
  const mid = Buffer.alloc(8);
  mid.writeUInt32LE(bytes.length, 0);
  mid.write("BIN\0", 4, "latin1");
  return Buffer.concat([head, padded, mid, bytes]);
}

/** A pyramid as a glTF whose shape lies at an address. */
export function gltfElsewhere(address: string): string {
  return JSON.stringify(pyramid(address).json);
}

/** A pyramid with everything in it but a picture, which lies at an address. */
export function gltfWithPicture(address: string): string {
  const { bytes } = pyramid(null);
  const { json } = pyramid(
    `data:application/octet-stream;base64,${bytes.toString("base64")}`,
  );
  return JSON.stringify({
    ...json,
    images: [{ uri: address }],
    textures: [{ source: 0 }],
    materials: [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 } } }],
  });
}
