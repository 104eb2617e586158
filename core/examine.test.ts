import { expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { castOfContacts, emptyCast } from "#core/testing/cast.ts";
import { until } from "#core/testing/until.ts";

const HOURS_3 = 3 * 60 * 60 * 1000;

test("a clock that differs from a contact's is told, and how far it is off", async () => {
  const cast = await emptyCast();
  const ahead = { ...systemClock, now: () => systemClock.now() + HOURS_3 };
  await cast.add("ana", { clock: ahead });
  await cast.add("ben");
  await cast.befriend("ana", "ben");
  const ana = cast.of("ana").core;
  // Signs of life tell the time, every three seconds.
  await expect
    .poll(async () => (await ana.handlers.examine({})).computer, {
      timeout: 10_000,
    })
    .toMatchObject({ finding: "clock-wrong" });
  const { computer } = await ana.handlers.examine({});
  const off = computer.finding === "clock-wrong" ? computer.aheadMs : 0;
  expect(Math.abs(off - HOURS_3)).toBeLessThan(60_000);
});

test("with somebody connected and all in order, nothing is found", async () => {
  const cast = await castOfContacts("ana", "ben");
  const { core } = cast.of("ana");
  await until(core.states.network({}), ({ stage }) => stage === "connected");
  const report = await core.handlers.examine({});
  expect(report).toMatchObject({
    computer: { finding: "fine" },
    network: { finding: "fine" },
    friends: { finding: "fine", connected: [{ name: "ben" }] },
  });
});

test("before the first invite the way out is not looked at (ME8)", async () => {
  const cast = await emptyCast();
  const ana = await cast.add("ana");
  expect(await ana.core.handlers.examine({})).toMatchObject({
    internet: { finding: "not-yet" },
    friends: { finding: "nobody-yet" },
  });
});
