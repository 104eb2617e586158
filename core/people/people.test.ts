import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createState } from "#core/base/state.ts";
import { foldSelf } from "#core/self/self-state.ts";
import type { SelfEntry } from "#core/self/self-entries.ts";
import { inOrder } from "#core/spaces/charter.ts";
import { FOLD_MIGRATION } from "#core/spaces/fold.ts";
import { openIndex } from "#core/storage/databases.ts";
import { FEED_MIGRATION } from "#core/feeds/feed-tables.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { People } from "./people.ts";

const ANA = testPerson("ana");
const BEN = testPerson("ben");

const met: SelfEntry = {
  type: "contact",
  person: BEN,
  name: "Ben of the invite",
  metAt: 1,
  conversation: {
    charter: {
      v: 1,
      kind: "conversation",
      founder: ANA,
      nonce: "0".repeat(32),
      members: inOrder([ANA, BEN]),
    },
    readKey: Buffer.alloc(32),
  },
  feeds: [],
  removed: false,
};

async function openPeople(...entries: readonly SelfEntry[]) {
  const path = join(await tempFolder(), "index.db");
  const index = openIndex(path, [FOLD_MIGRATION, FEED_MIGRATION]);
  onTestFinished(() => index.close());
  const people = new People(ANA, createState(foldSelf(entries)), index);
  function wrote(name: string, picture: string | null = null): void {
    index.run("INSERT OR REPLACE INTO profiles VALUES (?, ?, 'about', ?)", [
      BEN,
      name,
      picture,
    ]);
  }
  return { people, wrote };
}

test("a person is called by my nickname, their own name, the invite's name, or their id", async () => {
  const nickname = {
    type: "nickname",
    person: BEN,
    nickname: "Benny",
  } as const;
  const stranger = await openPeople();
  expect(stranger.people.label(BEN).name).toBe(BEN.slice(0, 8));
  const contact = await openPeople(met);
  expect(contact.people.label(BEN).name).toBe("Ben of the invite");
  contact.wrote(" Benjamin ");
  expect(contact.people.label(BEN).name).toBe("Benjamin");
  contact.wrote("   ");
  expect(contact.people.label(BEN).name).toBe("Ben of the invite");
  const named = await openPeople(met, nickname);
  named.wrote("Benjamin");
  expect(named.people.label(BEN).name).toBe("Benny");
  expect(named.people.ownName(BEN)).toBe("Benjamin");
});

test("a label says whether it is me, and shows a picture as far as it can be read", async () => {
  const { people, wrote } = await openPeople();
  const picture = {
    root: "y".repeat(52),
    name: "me.png",
    size: 5,
    mediaType: "image/png",
    alt: "",
    chunkSize: 262_144,
    changedAt: 1,
  };
  wrote("Ben", JSON.stringify(picture));
  expect(people.label(BEN)).toEqual({
    person: BEN,
    name: "Ben",
    picture: {
      root: picture.root,
      name: "me.png",
      size: 5,
      mediaType: "image/png",
    },
    isMe: false,
  });
  wrote("Ben", '{"root":7}');
  expect(people.label(BEN).picture).toBeNull();
  expect(people.label(ANA)).toMatchObject({ isMe: true, picture: null });
  expect(people.profile(ANA)).toBeNull();
});
