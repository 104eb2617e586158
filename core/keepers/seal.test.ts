import { expect, test } from "vitest";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { rootOf } from "#core/files/chunks.ts";
import { SEALED_PART_BYTES } from "#core/contract/limits.ts";
import {
  labelOf,
  seal,
  SEALED_BYTES,
  sealKeysOf,
  sealedName,
  unseal,
} from "./seal.ts";

const random = seededRandom("seal");
const one = sealKeysOf(random.bytes(32));
const other = sealKeysOf(random.bytes(32));

test("FI10: what was sealed is opened with the same space's keys and no others", () => {
  for (const size of [0, 1, 4092, 4093, 100_000, SEALED_PART_BYTES]) {
    const content = random.bytes(size);
    const sealed = seal(one, content);
    expect(unseal(one, sealed)).toEqual(content);
    expect(unseal(other, sealed)).toBeNull();
    expect(sealed.length).toBeLessThanOrEqual(SEALED_BYTES);
  }
});

test("KE4: the same content seals alike in one space, and differently in another", () => {
  const content = random.bytes(1000);
  expect(seal(one, content)).toEqual(seal(one, Buffer.from(content)));
  expect(seal(one, content)).not.toEqual(seal(other, content));
});

test("FI10: a changed byte is noticed by the reader, and by the keeper's hash", () => {
  const sealed = seal(one, random.bytes(5000));
  const name = sealedName(sealed);
  for (const at of [0, 30, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(unseal(one, changed)).toBeNull();
    expect(sealedName(changed)).not.toBe(name);
  }
  expect(unseal(one, sealed.subarray(0, 20))).toBeNull();
});

test("KE4: sizes of sealed parts are few", () => {
  const sizes = new Set<number>();
  for (let size = 0; size < SEALED_PART_BYTES; size += 97)
    sizes.add(seal(one, Buffer.alloc(size)).length);
  expect(sizes.size).toBeLessThan(150);
});

test("KE4: labels differ by file, kind, place and space", () => {
  const root = rootOf(random.bytes(32));
  const labels = [
    labelOf(one, root, "list", 0),
    labelOf(one, root, "bytes", 0),
    labelOf(one, root, "bytes", 1),
    labelOf(other, root, "bytes", 0),
    labelOf(one, rootOf(random.bytes(32)), "bytes", 0),
  ];
  expect(new Set(labels).size).toBe(labels.length);
});
