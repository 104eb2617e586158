import { expect, test } from "vitest";
import { closeGltf, ModelPartMissing } from "./closed-gltf.ts";
import { gltfTriangles, isTextStl, stlTriangles } from "./count-triangles.ts";
import { readGltf } from "./gltf-file.ts";

const bytesOf = (json: object) =>
  new TextEncoder().encode(
    JSON.stringify({ asset: { version: "2.0" }, ...json }),
  );
const read = (json: object) => readGltf(bytesOf(json));

test("J6: addresses in a model are named, never followed", () => {
  const { glb, missing } = closeGltf(
    read({
      images: [
        { uri: "http://127.0.0.1:9/wood.png" },
        { uri: "../../etc/skin.jpg?x" },
        { uri: "file:///root/a.png" },
      ],
    }),
  );
  expect(missing).toEqual(["wood.png", "skin.jpg", "a.png"]);
  const closed = readGltf(new Uint8Array(glb)).json;
  expect(JSON.stringify(closed)).not.toMatch(/127\.0\.0\.1|etc|file:/u);
});

test("a model whose shape is elsewhere says in which file", () => {
  expect(() =>
    closeGltf(read({ buffers: [{ uri: "parts/shape.bin", byteLength: 4 }] })),
  ).toThrow(ModelPartMissing);
});

test("what is in a model comes out in one stretch, each part where it belongs", () => {
  const data = (text: string) =>
    `data:application/octet-stream;base64,${btoa(text)}`;
  const { glb } = closeGltf(
    read({
      buffers: [
        { uri: data("abc"), byteLength: 3 },
        { uri: data("defgh"), byteLength: 5 },
      ],
      bufferViews: [{ buffer: 1, byteOffset: 1, byteLength: 4 }],
    }),
  );
  const { json, inner } = readGltf(new Uint8Array(glb));
  const view = json.bufferViews[0];
  const from = view?.byteOffset ?? 0;
  expect(new TextDecoder().decode(inner?.subarray(from, from + 4))).toBe(
    "efgh",
  );
});

test("a part that points outside of the bytes is refused", () => {
  expect(() =>
    closeGltf(
      read({
        buffers: [{ uri: `data:;base64,${btoa("abc")}`, byteLength: 3 }],
        bufferViews: [{ buffer: 0, byteLength: 4_000_000 }],
      }),
    ),
  ).toThrow("outside its bytes");
});

test("triangles are counted before any is made, those drawn twice twice", () => {
  const model = {
    accessors: [{ count: 300 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
    nodes: [{ mesh: 0, children: [1] }, { mesh: 0 }],
  };
  expect(gltfTriangles(read(model).json)).toBe(200);
  expect(() =>
    gltfTriangles(read({ ...model, accessors: [{ count: 4e9 }] }).json),
  ).toThrow("more than");
});

test.each([
  [[{ children: [0] }]],
  [[{ children: [1] }, { children: [0] }]],
  [[{ children: [1] }, { children: [2] }, { children: [1] }]],
])("parts that hang on each other in a circle are refused: %j", (nodes) => {
  expect(() => gltfTriangles(read({ nodes }).json)).toThrow("circle");
});

test("an STL says how many triangles it has, or that it is one of text", () => {
  const stl = new Uint8Array(84 + 50);
  stl[80] = 1;
  expect(stlTriangles(stl)).toBe(1);
  stl[80] = 2;
  expect(stlTriangles(stl)).toBeNull();
  expect(isTextStl(new TextEncoder().encode("solid a\n facet normal"))).toBe(
    true,
  );
  expect(isTextStl(stl)).toBe(false);
});
