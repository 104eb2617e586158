import { expect, test } from "vitest";
import { systemRandom } from "#core/base/random.ts";
import { CoreError } from "#core/contract/errors.ts";
import { personIdOf } from "./key-text.ts";
import {
  checkPhrase,
  makeEntropy,
  openIdentityKey,
  phraseWords,
  readPhrase,
} from "./phrase.ts";

/** Published test vectors of the word list, and the persons they are in Commonplace. */
const VECTORS = [
  {
    entropy: "00".repeat(32),
    phrase: `${"abandon ".repeat(23)}art`,
    person: "sm5wqpjcg7ikc48ocaa4e7kgfetse9t1qfpasc64ys9337nn9eqy",
  },
  {
    entropy: "7f".repeat(32),
    phrase:
      "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title",
    person: "zizyszbzjazfdn471pi9stqqi1ucxdcqt5nn5483jk1d4zqc7oiy",
  },
  {
    entropy: "ff".repeat(32),
    phrase: `${"zoo ".repeat(23)}vote`,
    person: "zsfc7kca3mpfcjsut9iuijejem48retiu818jsx649ym6i5ehfmo",
  },
];

async function personOf(entropy: Buffer): Promise<string> {
  const key = await openIdentityKey(entropy);
  return personIdOf(key.identityPublicKey);
}

test("ID1: the same words are the same person in every version", async () => {
  for (const { entropy, phrase, person } of VECTORS) {
    const bytes = Buffer.from(entropy, "hex");
    expect(phraseWords(bytes).join(" ")).toBe(phrase);
    expect(readPhrase(phrase)).toEqual(bytes);
    expect(await personOf(bytes)).toBe(person);
  }
});

test("words come from the randomness that was handed in", () => {
  const fixed = { bytes: (size: number) => Buffer.alloc(size, 0xff) };
  expect(phraseWords(makeEntropy(fixed))).toEqual(
    VECTORS[2]?.phrase.split(" "),
  );
});

test("words are read in any case, spacing and numbering", () => {
  const entropy = makeEntropy(systemRandom);
  const words = phraseWords(entropy);
  const numbered = words.map((word, i) => `${String(i + 1)}. ${word}`);
  for (const text of [
    words.join(" "),
    `\n  ${words.join("\n").toUpperCase()}\t`,
    numbered.join("\r\n"),
    words.join(", "),
    words.join("\u3000"),
  ])
    expect(readPhrase(text)).toEqual(entropy);
});

test("typos are found and named", () => {
  const words = [...phraseWords(Buffer.alloc(32, 1))];
  words[3] = "abandno";
  words[20] = "Zooo";
  expect(checkPhrase(words.join(" "))).toMatchObject({
    unknown: ["abandno", "zooo"],
    valid: false,
  });
  expect(() => readPhrase(words.join(" "))).toThrow(
    expect.objectContaining({
      code: "phrase-wrong",
      details: { words: 24, unknown: ["abandno", "zooo"] },
    }),
  );
});

test("known words that do not belong together are refused", () => {
  const words = phraseWords(Buffer.alloc(32, 1));
  const [first = "", second = "", ...rest] = words;
  expect(first).not.toBe(second);
  const wrong = [
    [second, first, ...rest],
    words.slice(1),
    [...words, "zoo"],
    // Twelve words are a phrase elsewhere; here they are not.
    "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong".split(" "),
    [],
  ];
  for (const list of wrong)
    expect(() => readPhrase(list.join(" "))).toThrow(CoreError);
});

test("words of another language are unknown", () => {
  const { unknown } = checkPhrase("abaisser abandon");
  expect(unknown).toEqual(["abaisser"]);
});
