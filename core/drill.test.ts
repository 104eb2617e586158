import { expect, test } from "vitest";
import { castOfContacts, post } from "#core/testing/cast.ts";
import { until } from "#core/testing/until.ts";

test("an outage tried out says who is in reach and what is whole, and ends when told", async () => {
  const cast = await castOfContacts("ana", "ben");
  const [ana, ben] = [cast.of("ana"), cast.of("ben")];
  await post(ben, "before the outage");
  await until(
    ana.core.states.feed({ filter: "all", first: 0, count: 5 }),
    ({ items }) => items.length === 1,
  );
  await ana.core.handlers.setDrill({ on: true });
  const drill = await until(
    ana.core.states.drill({}),
    // What ben's log says besides the post may still be on its way.
    (one) => one.stage === "on" && one.partFeeds.length === 0,
  );
  expect(drill).toMatchObject({
    reachable: [{ name: "ben" }],
    unreachable: [],
    wholeFeeds: [{ name: "ben" }],
    partFeeds: [],
    wholeCollections: [],
    partCollections: [],
  });
  expect(ana.core.states.network({}).peek()).toMatchObject({
    reach: "this-network",
  });
  await ana.core.handlers.setDrill({ on: false });
  expect(ana.core.states.network({}).peek()).toMatchObject({
    reach: "everywhere",
  });
  expect(ana.core.states.drill({}).peek()).toEqual({ stage: "off" });
});
