import { afterEach, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { combineNetworks } from "#core/network/combined.ts";
import { createSwarmNetwork } from "#core/network/swarm.ts";
import {
  addKeeper,
  inviteOf,
  letKeep,
  untilKeeper,
} from "#core/testing/keepers.ts";
import { untilPost } from "#core/testing/people.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import {
  contentsOf,
  createShares,
  download,
  share,
  untilRow,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { openTestnet } from "#core/testing/testnet.ts";
import type { Testnet } from "#core/testing/testnet.ts";

let shares: Shares | undefined;
let testnet: Testnet | undefined;
afterEach(async () => {
  await shares?.close();
  await testnet?.close();
});

test("KE3: over a DHT a friend gets posts and files from a blind keeper whose author is off, and the two are never on together", async () => {
  const { bootstrap } = (testnet = await openTestnet());
  const openNetwork = () =>
    combineNetworks([
      createSwarmNetwork({
        clock: systemClock,
        random: systemRandom,
        logger: silentLogger,
        host: "127.0.0.1",
        bootstrap,
      }),
    ]);
  shares = await createShares({ ana: { openNetwork }, ben: { openNetwork } });
  const { people, at } = shares;
  let { ana, ben } = shares;
  const keeper = await addKeeper(people, ana, { openNetwork });
  await ben.close();

  const song = seededRandom("song").bytes(400_000);
  const folder = await shares.folder("source", { "song.bin": song });
  const collection = await share(ana, folder, { kind: "contacts" });
  await ana.core.handlers.post({
    text: "While you were away",
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
  await letKeep(ana, "blind", [collection]);
  await untilKeeper(
    ana,
    ({ coverage }) => coverage.share === 1 && coverage.files.shown === 1,
  );
  await ana.close();

  ben = await ben.restart();
  await untilPost(ben, "While you were away");
  await untilRow(ben, collection, (it) => it.files === 1);
  await download(ben, collection, at("ben"));
  expect(await contentsOf(at("ben", "Songs"))).toEqual({
    "song.bin": song.toString("base64"),
  });
  await ben.close();

  // And a stranger with a link, who never met either.
  ana = await ana.restart();
  const invite = await inviteOf(ana);
  await ana.core.handlers.post({
    text: "For everyone",
    audience: "link",
    replyTo: null,
    attachments: [],
  });
  await untilKeeper(ana, ({ coverage }) => coverage.share === 1);
  await ana.close();
  const cem = await people.add("Cem", { openNetwork });
  await cem.core.handlers.openLink({ link: invite });
  await untilPost(cem, "For everyone");
  expect([...ana.bugs, ...ben.bugs, ...keeper.bugs, ...cem.bugs]).toEqual([]);
}, 120_000);
