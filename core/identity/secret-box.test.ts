import { safeParse } from "valibot";
import { expect, test } from "vitest";
import { systemRandom } from "#core/base/random.ts";
import { base64Schema, seal, unseal } from "./secret-box.ts";

const key = Buffer.alloc(32, 1);
const secret = Buffer.from("twelve bytes");

test("a box opens with its key, and no box is like another", () => {
  const sealed = seal(systemRandom, key, secret);
  expect(unseal(key, sealed)).toEqual(secret);
  expect(seal(systemRandom, key, secret)).not.toEqual(sealed);
});

test("another key, nonce, length or bit is a refusal, never a throw", () => {
  const { nonce, box } = seal(systemRandom, key, secret);
  const changed = Buffer.from(box, "base64");
  changed.writeUInt8(changed.readUInt8(20) ^ 1, 20);
  const wrong = [
    unseal(Buffer.alloc(32, 2), { nonce, box }),
    unseal(Buffer.alloc(31, 1), { nonce, box }),
    unseal(key, { nonce: nonce.slice(4), box }),
    unseal(key, { nonce: Buffer.alloc(24).toString("base64"), box }),
    unseal(key, { nonce, box: changed.toString("base64") }),
    unseal(key, { nonce, box: "" }),
  ];
  expect(wrong).toEqual([null, null, null, null, null, null]);
});

test("bytes in a file have one text", () => {
  const isText = (text: string) => safeParse(base64Schema, text).success;
  expect(["", "YQ==", "YWI="].map(isText)).toEqual([true, true, true]);
  // The same bytes to a lenient reader, and no bytes at all.
  expect(["YR==", "YQ", "Y Q==", "*"].map(isText)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
