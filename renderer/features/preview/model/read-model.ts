import {
  type BufferGeometry,
  Group,
  LoadingManager,
  Mesh,
  MeshStandardMaterial,
  TextureLoader,
  type Object3D,
} from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { STLLoader } from "three/addons/loaders/STLLoader.js";
import {
  PREVIEW_BYTES,
  PREVIEW_TRIANGLES,
} from "#renderer/parts/media/preview-limits.ts";
import { closeGltf, ModelPartMissing } from "./closed-gltf.ts";
import { gltfTriangles, isTextStl, stlTriangles } from "./count-triangles.ts";
import { readGltf } from "./gltf-file.ts";

/** An STL of text takes ten times the work. */
const TEXT_BYTES = PREVIEW_BYTES / 4;
const PACKED: readonly string[] = [
  "KHR_draco_mesh_compression",
  "EXT_meshopt_compression",
  "KHR_meshopt_compression",
];

export type ReadModel =
  | {
      readonly kind: "model";
      readonly object: Object3D;
      readonly triangles: number;
      readonly missing: readonly string[];
    }
  | { readonly kind: "large" }
  /** Whole, and packed in a form that takes a program of its own to unpack. */
  | { readonly kind: "packed" }
  /** Its shape is in another file. */
  | { readonly kind: "missing"; readonly part: string };

/** Makes a model of the bytes of an STL, GLB or glTF. Throws for anything else. */
export async function readModel(
  bytes: Uint8Array<ArrayBuffer>,
  isStl: boolean,
): Promise<ReadModel> {
  return isStl ? readStl(bytes) : await readScene(bytes);
}

function readStl(bytes: Uint8Array<ArrayBuffer>): ReadModel {
  const count = stlTriangles(bytes);
  if (count === null && !isTextStl(bytes)) throw new Error("no model");
  if (count === null && bytes.length > TEXT_BYTES) return { kind: "large" };
  if ((count ?? 0) > PREVIEW_TRIANGLES) return { kind: "large" };
  const geometry: BufferGeometry = new STLLoader().parse(bytes.buffer);
  const triangles = (geometry.getAttribute("position")?.count ?? 0) / 3;
  if (triangles === 0) throw new Error("no model");
  // Many makers leave them out, or wrong.
  geometry.deleteAttribute("normal");
  geometry.computeVertexNormals();
  const material = new MeshStandardMaterial({
    color: 0x8fae9f,
    roughness: 0.75,
    metalness: 0,
    vertexColors: geometry.hasAttribute("color"),
  });
  const mesh = new Mesh(geometry, material);
  // What is printed stands on its z.
  mesh.rotation.x = -Math.PI / 2;
  const object = new Group().add(mesh);
  return { kind: "model", object, triangles, missing: [] };
}

async function readScene(bytes: Uint8Array<ArrayBuffer>): Promise<ReadModel> {
  const file = readGltf(bytes);
  if (file.json.extensionsRequired?.some((name) => PACKED.includes(name)))
    return { kind: "packed" };
  const triangles = gltfTriangles(file.json);
  if (triangles > PREVIEW_TRIANGLES) return { kind: "large" };
  try {
    const { glb, missing } = closeGltf(file);
    const { scene } = await loader().parseAsync(glb, "");
    return { kind: "model", object: scene, triangles, missing };
  } catch (error) {
    if (error instanceof ModelPartMissing)
      return { kind: "missing", part: error.part };
    throw error;
  }
}

function loader(): GLTFLoader {
  const manager = new LoadingManager();
  // Nothing is left to fetch; should anything be asked for all the same, it is not.
  manager.setURLModifier((address) =>
    /^(?:blob|data):/u.test(address) ? address : "data:,",
  );
  return new GLTFLoader(manager).register((parser) => {
    // Through picture elements, which the page's policy knows; not through fetch.
    parser.textureLoader = new TextureLoader(manager);
    return { name: "pictures" };
  });
}
