import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createPeople, feedOf, untilPost } from "#core/testing/people.ts";
import type { TestPeople } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

/** One transparent dot. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let people: TestPeople | undefined;
afterEach(async () => {
  await people?.close();
});

test("IN3: an invite makes two people contacts, each with the other's name", async () => {
  people = await createPeople();
  const ana = await people.add("Ana");
  const ben = await people.add("Ben");
  await people.befriend(ana, ben);
  const ofBen = ben.core.states.contacts({}).peek();
  expect(ofBen.map(({ name, ownName }) => ({ name, ownName }))).toEqual([
    { name: "Ana", ownName: "Ana" },
  ]);
  expect(ana.bugs).toEqual([]);
  expect(ben.bugs).toEqual([]);
});

test("posts appear on the other side in both directions, with copies shown", async () => {
  people = await createPeople();
  const ana = await people.add("Ana");
  const ben = await people.add("Ben");
  await people.befriend(ana, ben);
  await ana.core.handlers.post({
    text: "from Ana",
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
  await ben.core.handlers.post({
    text: "from Ben",
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
  await untilPost(ben, "from Ana");
  await untilPost(ana, "from Ben");
  const feed = await until(feedOf(ana), (it) =>
    it.items.some((post) => post.copies?.stage === "out"),
  );
  expect(feed.total).toBe(2);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("a picture attached by one is brought to the other by itself", async () => {
  people = await createPeople();
  const ana = await people.add("Ana");
  const ben = await people.add("Ben");
  await people.befriend(ana, ben);
  const path = join(ana.dataFolder, "cat.png");
  await writeFile(path, PNG);
  const { grant } = await ana.core.grants.add(path);
  await ana.core.handlers.post({
    text: "look",
    audience: "contacts",
    replyTo: null,
    attachments: [{ grant, alt: "a cat" }],
  });
  const feed = await until(feedOf(ben), (it) =>
    it.items.some((post) => post.attachments.some(({ here }) => here)),
  );
  const attachment = feed.items[0]?.attachments[0];
  if (attachment === undefined) throw new Error("no attachment");
  const { signal } = new AbortController();
  const file = await ben.core.files.open(attachment.root, null, signal);
  const parts: Uint8Array[] = [];
  for await (const part of file?.stream ?? []) parts.push(part);
  expect(Buffer.concat(parts).equals(PNG)).toBe(true);
  expect(file?.mediaType).toBe("image/png");
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});
