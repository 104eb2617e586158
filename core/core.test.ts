import { afterEach, expect, test } from "vitest";
import { createPeople, feedOf, untilPost } from "#core/testing/people.ts";
import type { TestPeople } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

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
