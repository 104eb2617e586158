import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import z32 from "z32";
import { decodeLink } from "#core/contacts/link.ts";
import type { Network } from "#core/network/port.ts";
import { keepKeyOf } from "#core/spaces/keep-key.ts";
import { addKeeper, inviteOf, untilKeeper } from "#core/testing/keepers.ts";
import { untilPost } from "#core/testing/people.ts";
import { found } from "#core/testing/found.ts";
import {
  createShares,
  download,
  share,
  untilRow,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";

let shares: Shares;

beforeEach(async () => {
  shares = await createShares();
});

afterEach(async () => {
  await shares.close();
});

/** Keeps all that comes over the lines of a network, opened. */
function tapped(network: Network, traffic: Buffer[]): Network {
  return {
    ...network,
    onLine(listener) {
      network.onLine((line) => {
        listener(line);
        line.stream.on("data", (bytes: Buffer) => {
          traffic.push(Buffer.from(bytes));
        });
      });
    },
  };
}

async function onDisk(folder: string): Promise<Buffer> {
  const found: Buffer[] = [];
  for (const entry of await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    const path = join(entry.parentPath, entry.name);
    found.push(Buffer.from(path));
    if (entry.isFile()) found.push(await readFile(path));
  }
  return Buffer.concat(found);
}

test("FI10: nothing planted is on a blind keeper's disk or in its traffic: no text, no name, no file name, no key", async () => {
  const { ana, ben, people, at } = shares;
  const traffic: Buffer[] = [];
  const keeper = await addKeeper(people, ana, {
    openNetwork: () => tapped(people.hub.network("Office keeper"), traffic),
  });
  await ana.core.handlers.setProfile({
    name: "Ana",
    about: "Planted: about me",
    picture: { kind: "keep" },
  });
  for (const audience of ["link", "contacts"] as const)
    await ana.core.handlers.post({
      text: `Planted: a post for ${audience}`,
      audience,
      replyTo: null,
      attachments: [],
    });
  const folder = await shares.folder("source", {
    "Planted: file name.txt": "Planted: what stands in the file",
  });
  const collection = await share(ana, folder, { kind: "link" });
  const { link } = await ana.core.handlers.collectionLink({ collection });
  const invite = await inviteOf(ana);
  const [mine] = ana.core.states.keepers({}).peek().mine;
  if (mine === undefined) throw new Error("no keeper");
  await ana.core.handlers.setKeeper({
    person: mine.person,
    mode: "blind",
    feeds: true,
    collections: [collection],
    bytes: null,
    until: null,
  });
  await untilKeeper(
    ana,
    (one) => one.coverage.share === 1 && (one.pledge?.used ?? 0) > 8_000,
  );
  await ana.close();
  await ben.close();

  const cem = await people.add("Planted Cem");
  await cem.core.handlers.openLink({ link: invite });
  await untilPost(cem, "Planted: a post for link");
  await cem.core.handlers.openLink({ link });
  await untilRow(cem, collection, (it) => it.files === 1);
  await download(cem, collection, at("cem"));
  const reader = cem.core.states.me({}).peek()?.person ?? "";
  await cem.close();
  await keeper.close();

  const open = decodeLink(invite);
  const shared = decodeLink(link);
  if (open.kind !== "invite" || shared.kind !== "collection")
    throw new Error("not the links that were made");
  const keys = {
    "key of the open feed": open.feed.readKey,
    "key of the collection": shared.readKey,
  };
  const secrets = {
    ...keys,
    planted: Buffer.from("Planted: "),
    "name of a reader": Buffer.from("Planted Cem"),
    reader: Buffer.from(z32.decode(reader)),
    "reader as text": Buffer.from(reader),
    collection: Buffer.from(z32.decode(collection)),
    "title of the collection": Buffer.from("Songs"),
    "about the collection": Buffer.from("What we sing"),
  };
  const came = Buffer.concat(traffic);
  const lies = await onDisk(keeper.dataFolder);
  expect(found(came, secrets)).toEqual([]);
  expect(found(lies, secrets)).toEqual([]);

  // The search finds what is there: the keep keys came over, and Ana's own disk has her words.
  const keepKeys = Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [name, keepKeyOf(key)]),
  );
  expect(found(came, keepKeys)).toEqual(Object.keys(keepKeys));
  expect(found(lies, keepKeys)).toEqual([]);
  expect(found(await onDisk(ana.dataFolder), secrets)).toContain("planted");
}, 60_000);
