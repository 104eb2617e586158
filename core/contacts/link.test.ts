import * as fc from "fast-check";
import { parse } from "valibot";
import { expect, test } from "vitest";
import z32 from "z32";
import { isCoreError } from "#core/contract/errors.ts";
import { personIdSchema } from "#core/contract/ids.ts";
import {
  INVITE_MESSAGE_CHARACTERS,
  LINK_CHARACTERS,
  NAME_CHARACTERS,
} from "#core/contract/limits.ts";
import { charterSchema } from "#core/spaces/charter.ts";
import { blake2b } from "#core/spaces/hash.ts";
import {
  collectionOf,
  decodeLink,
  encodeLink,
  feedOf,
  inviteKeys,
  type CollectionLink,
  type InviteLink,
  type Link,
} from "./link.ts";

const ana = parse(personIdSchema, z32.encode(Buffer.alloc(32, 0xa1)));

const invite: InviteLink = {
  kind: "invite",
  person: ana,
  name: "Ana",
  message: "Photos from Sunday",
  isKeeper: false,
  seed: Buffer.alloc(16, 7),
  expiresAt: 1_800_000_000_000,
  feed: { nonce: Buffer.alloc(16, 8), readKey: Buffer.alloc(32, 9) },
  hints: [
    { host: "192.168.1.20", port: 41_230 },
    { host: "fe80::1c2d", port: 41_230 },
  ],
};

const collection: CollectionLink = {
  kind: "collection",
  founder: ana,
  nonce: Buffer.alloc(16, 5),
  policy: "closed",
  readKey: Buffer.alloc(32, 6),
  title: "Songs of the choir",
  hints: [],
};

const FIXED_COLLECTION =
  "commonplace:yrbkdepbwgo4depbwgo4depbwgo4depbwgo4depbwgo4depbwgo4deefywnokbefywnokbefywnokbefyadycbogyadycbogyadycbogyadycbogyadycbogyadycbogyadyko5ep7wzrygxqfz8s";
const FIXED_INVITE =
  "commonplace:yry4depbwgo4depbwgo4depbwgo4depbwgo4depbwgo4depbwgo4dee8yhdoqba8yhdoqba8yhdoqba8ydjr14aebyryonyebyryonyebyryonyebrro1nejbrro1nejbrro1nejbrro1nejbrro1nejbrro1nejbrrogomqcrjfy4dxqtzzgedgqjzs4enuqizgeam3yencbkybno8knbz6oyyyyyyyyyyyyyyyyyyyy8bpb4otmjgtkc";
const FIXED_ID = "yw7yhizj6i16kq6n9gtb7963aeqdiyzspjeemk4fcs86o64zmeto";
const FIXED_KEY =
  "ebad20ecf0a4f29a04f760a456b20d6471f08a5d31f710c3e512f57bda5826f8";

const sized = (size: number) =>
  fc
    .uint8Array({ minLength: size, maxLength: size })
    .map((b) => Buffer.from(b));
const port = fc.integer({ min: 1, max: 65_535 });
const hints = fc.array(
  fc.oneof(
    fc.record({ host: fc.ipV4(), port }),
    fc.record({
      host: fc.constantFrom("::1", "fe80::2:3", "fd00:1:2::9"),
      port,
    }),
  ),
  { maxLength: 8 },
);
const person = sized(32).map((b) => parse(personIdSchema, z32.encode(b)));
const words = (most: number) =>
  fc
    .array(fc.constantFrom("Ana", "Łukasz", "李", "👩‍🚀", "é", "-", "0"), {
      maxLength: 12,
    })
    .map((list) => [...list.join(" ")].slice(0, most).join("").trim());

const anyInvite: fc.Arbitrary<InviteLink> = fc.record({
  kind: fc.constant("invite" as const),
  person,
  name: words(NAME_CHARACTERS),
  message: words(INVITE_MESSAGE_CHARACTERS),
  isKeeper: fc.boolean(),
  seed: sized(16),
  expiresAt: fc.integer({ min: 0, max: 0xff_ff_ff_ff }).map((s) => s * 1000),
  feed: fc.record({ nonce: sized(16), readKey: sized(32) }),
  hints,
});
const anyCollection: fc.Arbitrary<CollectionLink> = fc.record({
  kind: fc.constant("collection" as const),
  founder: person,
  nonce: sized(16),
  policy: fc.constant("closed" as const),
  readKey: sized(32),
  title: words(NAME_CHARACTERS),
  hints,
});

function codeOf(text: string): string {
  try {
    decodeLink(text);
    return "read";
  } catch (error) {
    return isCoreError(error) ? error.code : `threw ${String(error)}`;
  }
}

/** A link with other bytes inside and a checksum that holds: whoever can read this can make one. */
function forge(link: Link, change: (content: Buffer) => Buffer): string {
  const bytes = z32.decode(encodeLink(link).slice("commonplace:".length));
  const content = change(Buffer.from(bytes.subarray(0, -4)));
  const sum = blake2b(32, [content]).subarray(0, 4);
  return `commonplace:${z32.encode(Buffer.concat([content, sum]))}`;
}

test("IN1: what goes into a link comes out of it", () => {
  fc.assert(
    fc.property(fc.oneof(anyInvite, anyCollection), (link) => {
      const text = encodeLink(link);
      expect(decodeLink(text)).toEqual(link);
      expect(text.length).toBeLessThanOrEqual(LINK_CHARACTERS);
    }),
  );
});

test("IN1: the form of a link is fixed, so that every version reads it", () => {
  expect(encodeLink({ ...collection, title: "Choir" })).toBe(FIXED_COLLECTION);
  expect(encodeLink(invite)).toBe(FIXED_INVITE);
  expect(decodeLink(FIXED_INVITE)).toEqual(invite);
});

test("a link is short enough for a QR code read from a screen", () => {
  expect(encodeLink({ ...invite, message: "" }).length).toBeLessThan(260);
  expect(encodeLink(collection).length).toBeLessThan(200);
});

test("LI: the longest name, message and hints still fit a link", () => {
  const longest: InviteLink = {
    ...invite,
    name: "𠀀".repeat(NAME_CHARACTERS),
    message: "𠀀".repeat(INVITE_MESSAGE_CHARACTERS),
    hints: Array.from({ length: 8 }, (_, i) => ({
      host: `fd00::${i + 1}`,
      port: 9,
    })),
  };
  const text = encodeLink(longest);
  expect(text.length).toBeLessThanOrEqual(LINK_CHARACTERS);
  expect(decodeLink(text)).toEqual(longest);
});

test("names, messages and hints are cut to what a link can carry", () => {
  const link = decodeLink(
    encodeLink({
      ...invite,
      name: ` An\u202ea\n${"x".repeat(100)}`,
      message: `one\ntwo\u0000${"y".repeat(400)}\ud800`,
      hints: [
        { host: "router.example", port: 1 },
        { host: "10.0.0.1", port: 0 },
        { host: "fe80::1%eth0", port: 1 },
        { host: "::ffff:10.0.0.1", port: 1 },
        ...Array.from({ length: 9 }, () => ({ host: "FD00:0::1", port: 2 })),
      ],
    }),
  );
  expect(link).toEqual({
    ...invite,
    name: `An a ${"x".repeat(55)}`,
    message: `one\ntwo ${"y".repeat(292)}`,
    hints: [
      { host: "10.0.0.1", port: 1 },
      ...Array.from({ length: 7 }, () => ({ host: "fd00::1", port: 2 })),
    ],
  });
});

test("a link survives QR codes, mail and desktops", () => {
  const text = encodeLink(invite);
  const wrapped = text.replace(/.{40}/g, "$&\r\n  ");
  const address = text.replace("commonplace:", "commonplace://");
  for (const same of [
    text.toUpperCase(),
    `  ${text}\n`,
    wrapped,
    address,
    `${address}/`,
  ])
    expect(decodeLink(same)).toEqual(invite);
});

test("10,000 damaged links are refused in words and never read as something else", () => {
  const whole = [encodeLink(invite), encodeLink(collection)];
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.constantFrom("change", "drop", "add", "swap", "cut"),
      fc.nat(),
      fc.constantFrom(
        ..."ybndrfg8ejkmcpqxot1uwisza345h769",
        "l",
        "v",
        "2",
        "0",
        "é",
        " ",
      ),
      (text, damage, seed, letter) => {
        const at = seed % text.length;
        const [head, tail] = [text.slice(0, at), text.slice(at + 1)];
        const damaged = {
          change: head + letter + tail,
          drop: head + tail,
          add: head + letter + text.slice(at),
          swap: head + tail.slice(0, 1) + (text[at] ?? "") + tail.slice(1),
          cut: head,
        }[damage];
        // Only a blank more changes nothing.
        const isSame = damaged.replace(/\s/g, "") === text;
        const expected = isSame ? /^read$/ : /^invite-(damaged|foreign)$/;
        expect(codeOf(damaged)).toMatch(expected);
      },
    ),
    { numRuns: 10_000 },
  );
});

test("any text and any bytes are read or refused, never more", () => {
  const tail = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => z32.encode(bytes)),
  );
  fc.assert(
    fc.property(fc.constantFrom("", "commonplace:"), tail, (head, text) => {
      expect(codeOf(head + text)).toMatch(/^invite-(damaged|foreign|newer)$/);
    }),
    { numRuns: 2_000 },
  );
  expect(codeOf("x".repeat(1_000_000))).toBe("invite-foreign");
  expect(codeOf(`commonplace:${"y".repeat(4_000)}`)).toBe("invite-damaged");
});

test("another text, a damaged link and a newer one are told apart", () => {
  const text = encodeLink(invite);
  expect(codeOf("https://example.org/")).toBe("invite-foreign");
  expect(codeOf("")).toBe("invite-foreign");
  expect(codeOf("commonplace:")).toBe("invite-damaged");
  expect(codeOf(text.slice(0, -1))).toBe("invite-damaged");
  const newer = forge(invite, (content) => {
    content[0] = 9;
    return Buffer.concat([content, Buffer.from("and more")]);
  });
  expect(codeOf(newer)).toBe("invite-newer");
});

test("HO1: a link with a good checksum and bad content is refused", () => {
  const changes: ((content: Buffer) => Buffer)[] = [
    (content) => Buffer.concat([content, Buffer.from([0])]),
    (content) => content.subarray(0, -1),
    (content) => content.subarray(0, 2),
    (content) => (content.writeUInt8(0, 0), content),
    (content) => (content.writeUInt8(7, 1), content),
    // A control character in the name.
    (content) => (content.writeUInt8(10, content.indexOf("Ana")), content),
    // Bytes that are no UTF-8.
    (content) => (content.writeUInt8(0xff, content.indexOf("Ana")), content),
    // More hints than there are.
    (content) => (content.writeUInt8(0xfc, content.length - 27), content),
  ];
  expect(codeOf(forge(invite, (content) => content))).toBe("read");
  for (const change of changes)
    expect(codeOf(forge(invite, change))).toBe("invite-damaged");
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom(1, 2),
      (body, kind) => {
        const text = forge(invite, () => Buffer.from([1, kind, ...body]));
        const same =
          codeOf(text) === "read" ? encodeLink(decodeLink(text)) : text;
        expect(same).toBe(text);
        expect(codeOf(text)).toMatch(/^(read|invite-damaged)$/);
      },
    ),
    { numRuns: 1_000 },
  );
});

test("IN2: a seed gives a fixed id and meeting key, and says nothing of one through the other", () => {
  const keys = inviteKeys(Buffer.alloc(16, 7));
  expect(keys.invite).toBe(FIXED_ID);
  expect(keys.readKey.toString("hex")).toBe(FIXED_KEY);
  expect(z32.encode(keys.readKey)).not.toBe(keys.invite);
  expect(inviteKeys(Buffer.alloc(16, 8)).invite).not.toBe(keys.invite);
});

test("SP1, SP8: a link carries the charter and the read key of its space", () => {
  expect(feedOf(invite)).toEqual({
    charter: {
      v: 1,
      kind: "feed",
      audience: "link",
      founder: ana,
      nonce: "08".repeat(16),
    },
    readKey: invite.feed.readKey,
  });
  const { charter } = collectionOf(collection);
  expect(charter).toEqual(parse(charterSchema, charter));
  expect(parse(charterSchema, feedOf(invite).charter)).toEqual(
    feedOf(invite).charter,
  );
});
