import { expect, test } from "vitest";
import { parse, safeParse } from "valibot";
import { personIdSchema } from "#core/contract/ids.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import {
  canonicalJson,
  charterSchema,
  inOrder,
  newNonce,
  newReadKey,
  spaceIdOf,
  spaceLinkSchema,
  writeSpaceLink,
} from "./charter.ts";

/** The bytes 0 to 31, and 1 to 32, as ids. */
const FIRST = parse(
  personIdSchema,
  "yyyoryarywdyqnyjbefoadeqbhebnrounoktcfaadrpbs8y7daxo",
);
const SECOND = parse(
  personIdSchema,
  "yrbygbyfyadoonekbcgy4doxnyetrrawnwmbqgy3depta8e6dhoy",
);
const base = {
  v: 1,
  founder: FIRST,
  nonce: "000102030405060708090a0b0c0d0e0f",
} as const;

// Worked out apart from this code, with Python's json and hashlib.
const VECTORS = [
  [
    { ...base, kind: "self" },
    "q7n9miciirf6dxco4rt796wmn9je98b1tbum6k31qeg4aq18enwy",
  ],
  [
    { ...base, kind: "feed", audience: "contacts" },
    "cwo9s5wtjinm8yomwuiw1hcc3xtws3ojucuhrf5a3bzxyhnj3jjy",
  ],
  [
    { ...base, kind: "conversation", members: [SECOND, FIRST] },
    "keoy8ni733rg3hsnjbieitb8mjcb33r9dndpk5tmbe5u1t91w64o",
  ],
  [
    { ...base, kind: "collection", policy: "closed" },
    "ji7hqr68e1bf96b7hgy7qo331rpppfgcsocj9brisfrnc71tphdo",
  ],
] as const;

test.each(VECTORS)(
  "SP1: the id of a space is the BLAKE2b-256 of its charter (%#)",
  (charter, id) => {
    expect(spaceIdOf(parse(charterSchema, charter))).toBe(id);
  },
);

test("SP1: canonical JSON has names in order, no blanks and nothing undefined", () => {
  const value = { z: [1, { b: "é\n", a: null }], a: true, gone: undefined };
  expect(canonicalJson(value)).toBe('{"a":true,"z":[1,{"a":null,"b":"é\\n"}]}');
});

test("SP1: the order in which a charter was written does not change its id", () => {
  const [charter, id] = VECTORS[1];
  const turned: unknown = Object.fromEntries(Object.entries(charter).reverse());
  expect(JSON.stringify(turned)).not.toBe(JSON.stringify(charter));
  expect(spaceIdOf(parse(charterSchema, turned))).toBe(id);
});

test("SP1: a charter with anything more, less or different in it is refused", () => {
  const feed = { ...base, kind: "feed", audience: "contacts" };
  const conversation = { ...base, kind: "conversation" };
  const wrong: readonly unknown[] = [
    { ...feed, title: "more" },
    { ...feed, v: 2 },
    { ...feed, audience: "friends" },
    { ...feed, kind: "wall" },
    { ...feed, nonce: base.nonce.toUpperCase() },
    { ...feed, nonce: base.nonce.slice(2) },
    { ...feed, founder: "ana" },
    { ...base, kind: "feed" },
    { ...conversation, members: [FIRST] },
    { ...conversation, members: [FIRST, SECOND] },
    { ...conversation, members: [SECOND, SECOND] },
    null,
  ];
  expect(wrong.map((it) => safeParse(charterSchema, it).success)).toEqual(
    wrong.map(() => false),
  );
});

test("SP2: members come in the one order a charter accepts, each once", () => {
  expect(inOrder([FIRST, SECOND, FIRST])).toEqual([SECOND, FIRST]);
});

test("SP8: a link carries charter and read key, and comes back as it went", () => {
  const random = seededRandom("charter");
  const link = {
    charter: parse(charterSchema, {
      ...base,
      nonce: newNonce(random),
      kind: "feed",
      audience: "link",
    }),
    readKey: newReadKey(random),
  };
  expect(link.readKey).toHaveLength(32);
  const written: unknown = JSON.parse(JSON.stringify(writeSpaceLink(link)));
  expect(parse(spaceLinkSchema, written)).toEqual(link);
  const short = { ...writeSpaceLink(link), readKey: "y".repeat(51) };
  expect(safeParse(spaceLinkSchema, short).success).toBe(false);
});
