import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  addKeeper,
  inviteOf,
  letKeep,
  untilKeeper,
} from "#core/testing/keepers.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import {
  contentsOf,
  createShares,
  download,
  share,
  untilRow,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";

const random = seededRandom("lost parts");
const FILES = 12;

let shares: Shares;

beforeEach(async () => {
  shares = await createShares();
});

afterEach(async () => {
  await shares.close();
});

test("KE5: a keeper that lost sealed parts is noticed by a check, told in the coverage, and given them again", async () => {
  const { ana, ben, people, at } = shares;
  await ben.close();
  let keeper = await addKeeper(people, ana);
  const files = Object.fromEntries(
    Array.from({ length: FILES }, (_, n) => [
      `${String(n)}.bin`,
      random.bytes(20_000),
    ]),
  );
  const folder = await shares.folder("source", files);
  const collection = await share(ana, folder, { kind: "link" });
  const { link } = await ana.core.handlers.collectionLink({ collection });
  const invite = await inviteOf(ana);
  await letKeep(ana, "blind", [collection]);
  await untilKeeper(ana, ({ coverage }) => coverage.files.shown === FILES);

  // The disk of the keeper loses all that lies in its folder.
  const kept = join(keeper.dataFolder, "kept");
  for (const name of await readdir(kept))
    await rm(join(kept, name), { recursive: true });
  // A check is due whenever something new is given.
  await ana.core.handlers.post({
    text: "And then",
    audience: "link",
    replyTo: null,
    attachments: [],
  });
  const noticed = await untilKeeper(ana, ({ coverage }) => coverage.gone > 0);
  expect(noticed.coverage.share).toBeLessThan(1);
  await untilKeeper(
    ana,
    ({ coverage }) => coverage.gone === 0 && coverage.files.shown === FILES,
  );

  // And while it was off: it finds out at its start.
  await keeper.close();
  for (const name of await readdir(kept))
    await rm(join(kept, name), { recursive: true });
  keeper = await keeper.restart();
  // The list and the bytes of each.
  await expect
    .poll(async () => Object.keys(await contentsOf(kept)).length, {
      timeout: 15_000,
    })
    .toBe(2 * FILES);
  await untilKeeper(
    ana,
    ({ coverage }) => coverage.gone === 0 && coverage.files.shown === FILES,
  );
  await ana.close();

  const cem = await people.add("Cem");
  await cem.core.handlers.openLink({ link: invite });
  await cem.core.handlers.openLink({ link });
  await untilRow(cem, collection, (it) => it.files === FILES);
  await download(cem, collection, at("cem"));
  expect(Object.keys(await contentsOf(at("cem", "Songs")))).toHaveLength(FILES);
  expect([...ana.bugs, ...keeper.bugs, ...cem.bugs]).toEqual([]);
}, 90_000);

test("KE5: what a keeper damaged is taken from others, and nobody is held up by it", async () => {
  const { ana, ben, people, at } = shares;
  const keeper = await addKeeper(people, ana);
  const bytes = random.bytes(300_000);
  const folder = await shares.folder("source", { "song.bin": bytes });
  const collection = await share(ana, folder, { kind: "link" });
  const { link } = await ana.core.handlers.collectionLink({ collection });
  await letKeep(ana, "blind", [collection]);
  await untilKeeper(ana, ({ coverage }) => coverage.files.shown === 1);
  await untilRow(ben, collection, (it) => it.files === 1);
  await download(ben, collection, at("ben"));
  await ana.close();

  // Other bytes of the same length: only who reads them notices.
  const kept = join(keeper.dataFolder, "kept");
  for (const path of Object.keys(await contentsOf(kept)))
    await writeFile(
      join(kept, path),
      random.bytes((await stat(join(kept, path))).size),
    );
  const cem = await people.add("Cem");
  await cem.core.handlers.openLink({ link });
  await untilRow(cem, collection, (it) => it.files === 1);
  await download(cem, collection, at("cem"));
  expect(await contentsOf(at("cem", "Songs"))).toEqual({
    "song.bin": bytes.toString("base64"),
  });
  expect([...ben.bugs, ...keeper.bugs, ...cem.bugs]).toEqual([]);
}, 90_000);
