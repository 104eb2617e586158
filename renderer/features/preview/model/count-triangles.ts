import type { Gltf } from "./gltf-file.ts";

/** Values of all kinds a model may hold; each triangle has a few dozen. */
const MOST_VALUES = 60_000_000;
const MOST_NODES = 50_000;

/** How many triangles are in an STL; null when it is none, or one of text. */
export function stlTriangles(bytes: Uint8Array): number | null {
  if (bytes.length < 84) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(80, true);
  return bytes.length >= 84 + count * 50 && count > 0 ? count : null;
}

/** Whether an STL is one of text. */
export function isTextStl(bytes: Uint8Array): boolean {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  return /^\s*solid\b/u.test(head) && /facet/u.test(head);
}

/**
 * How many triangles a glTF draws, parts that are used twice counted twice.
 * Throws when its parts go round in circles or hold more than any model does.
 */
export function gltfTriangles(json: Gltf): number {
  const values = json.accessors.reduce((sum, { count }) => sum + count, 0);
  if (values > MOST_VALUES || json.nodes.length > MOST_NODES)
    throw new Error("more than a model holds");
  const parents = new Set<number>();
  for (const [place, { children }] of json.nodes.entries())
    for (const child of children ?? []) {
      // Each part hangs on one other at most, and on none before it that hangs on it.
      if (parents.has(child) || child === place) throw new Error("a circle");
      parents.add(child);
    }
  if (hasCircle(json)) throw new Error("a circle");
  const meshes = json.meshes.map(({ primitives }) =>
    primitives.reduce((sum, { indices, attributes }) => {
      const place = indices ?? attributes["POSITION"] ?? -1;
      return sum + Math.ceil((json.accessors[place]?.count ?? 0) / 3);
    }, 0),
  );
  return json.nodes.reduce(
    (sum, { mesh }) => sum + (meshes[mesh ?? -1] ?? 0),
    0,
  );
}

/** Every part is reached from one that hangs on none; those in a circle are not. */
function hasCircle({ nodes }: Gltf): boolean {
  const hung = new Set(nodes.flatMap(({ children }) => children ?? []));
  const waiting = nodes.flatMap((_, place) => (hung.has(place) ? [] : [place]));
  let reached = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    reached += 1;
    waiting.push(
      ...(nodes[next]?.children ?? []).filter((one) => one in nodes),
    );
  }
  return reached !== nodes.length;
}
