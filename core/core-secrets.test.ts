import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import z32 from "z32";
import { systemRandom } from "#core/base/random.ts";
import { decodeLink, inviteKeys } from "#core/contacts/link.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { castOfContacts, post } from "#core/testing/cast.ts";
import { openFolder } from "#core/testing/opened-folder.ts";
import { untilPost } from "#core/testing/people.ts";

type Snapshot = ReadonlyMap<string, Buffer>;

/** Every file below a folder, as it is on disk now. */
async function snapshot(folder: string): Promise<Snapshot> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(folder.length + 1), await readFile(path)] as const;
  });
  return new Map(await Promise.all(read));
}

/** The forms in which a key may lie about. */
function formsOf(secret: Buffer): readonly Buffer[] {
  const texts = [
    secret.toString("hex"),
    secret.toString("hex").toUpperCase(),
    z32.encode(secret),
    ...[0, 1, 2].flatMap((shift) => {
      // Base64 of the same bytes in the middle of others, without its edges.
      const shifted = Buffer.concat([Buffer.alloc(shift), secret]);
      return ["base64" as const, "base64url" as const].map((kind) =>
        shifted.toString(kind).slice(4, -4),
      );
    }),
  ];
  return [secret, ...texts.map((text) => Buffer.from(text))];
}

function findings(
  files: Snapshot,
  secrets: ReadonlyMap<string, Buffer>,
): readonly string[] {
  return [...secrets].flatMap(([name, secret]) =>
    [...files]
      .filter(([, bytes]) => formsOf(secret).some((it) => bytes.includes(it)))
      .map(([path]) => `${name} in ${path}`),
  );
}

/** Opens a data folder that no core holds, and hands out every secret in it. */
async function secretsIn(dataFolder: string): Promise<Map<string, Buffer>> {
  const folder = await openFolder(dataFolder);
  const { parts, identity, self } = folder;
  const found = new Map<string, Buffer>([
    ["words", Buffer.from(identity.words().join(" "))],
    ["entropy", parts.entropy],
    ["device seed", parts.deviceSeed],
    ["store key", parts.storeKey],
    ["self key", parts.selfKey],
  ]);
  const { feeds, holds, contacts, invites, opened } = self.state.peek();
  const links: SpaceLink[] = [...feeds, ...holds.values()];
  for (const contact of contacts.values())
    links.push(contact.conversation, ...contact.feeds);
  for (const [index, { charter, readKey }] of links.entries()) {
    found.set(`read key ${String(index)}`, readKey);
    const { secretKey } = identity.writer(spaceIdOf(charter));
    found.set(`writer seed ${String(index)}`, secretKey.subarray(0, 32));
  }
  for (const { link } of [...invites.values(), ...opened.values()]) {
    const decoded = decodeLink(link);
    if (decoded.kind !== "invite") continue;
    found.set(`invite seed ${link.slice(-8)}`, decoded.seed);
    found.set(`invite key ${link.slice(-8)}`, inviteKeys(decoded.seed).readKey);
    found.set(`link ${link.slice(-8)}`, Buffer.from(link.slice(20, -20)));
  }
  await folder.close();
  return found;
}

test("SP3, ID4: no key lies in clear in the data folder, while the app runs and after", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const texts = Array.from(
    { length: 20 },
    (_, at) => `planted text ${String(at)}`,
  );
  for (const text of texts) {
    await post(cast.of("Ana"), text);
    await post(cast.of("Ana"), text, { audience: "link" });
  }
  await untilPost(cast.of("Ben"), "planted text 19");
  await post(cast.of("Ben"), "an answer");
  await untilPost(cast.of("Ana"), "an answer");
  const [contact] = cast.of("Ana").core.states.contacts({}).peek();
  if (contact === undefined) throw new Error("no contact");
  const { handlers } = cast.of("Ana").core;
  const { person } = contact;
  await handlers.removeContact({ person, removed: true });
  await handlers.removeContact({ person, removed: false });

  for (const name of ["Ana", "Ben"]) {
    const { dataFolder, close } = cast.of(name);
    const running = await snapshot(dataFolder);
    await close();
    const secrets = await secretsIn(dataFolder);
    const after = await snapshot(dataFolder);
    // Secrets of two feeds at least, of a conversation, and of an invite.
    expect(secrets.size).toBeGreaterThan(5 + 3 * 2 + 3);
    expect(findings(running, secrets)).toEqual([]);
    expect(findings(after, secrets)).toEqual([]);

    const logs = new Map(
      [...running, ...after].filter(([path]) => path.startsWith("logs")),
    );
    expect(logs.size).toBeGreaterThan(3);
    const text = new Map([["text", Buffer.from("planted text")]]);
    expect(findings(logs, text)).toEqual([]);
  }
});

test("the search for keys finds what is there", async () => {
  const key = systemRandom.bytes(32);
  const secrets = new Map([["key", key]]);
  const forms = [
    key,
    Buffer.from(z32.encode(key)),
    Buffer.from(JSON.stringify({ key: key.toString("base64") })),
    Buffer.from(Buffer.concat([Buffer.from("a"), key]).toString("base64url")),
    Buffer.from(key.toString("hex").toUpperCase()),
  ];
  for (const form of forms) {
    const around = Buffer.concat([
      systemRandom.bytes(50),
      form,
      key.subarray(9),
    ]);
    expect(findings(new Map([["file", around]]), secrets)).toEqual([
      "key in file",
    ]);
  }
  const nothing = new Map([["file", systemRandom.bytes(5000)]]);
  expect(findings(nothing, secrets)).toEqual([]);
});
