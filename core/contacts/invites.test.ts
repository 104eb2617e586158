import { expect, test } from "vitest";
import type { OpenedInvite } from "#core/contract/contact-models.ts";
import {
  castOfContacts,
  emptyCast,
  post,
  textsOf,
} from "#core/testing/cast.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { feedOf, untilPost } from "#core/testing/people.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";
import { watchNetwork } from "#core/testing/watched-network.ts";

const HOUR_MS = 60 * 60 * 1000;

async function invite({ core }: TestPerson, uses = 1, lifeMs = HOUR_MS) {
  return await core.handlers.createInvite({ lifeMs, uses, message: "Hi!" });
}

function openedBy({ core }: TestPerson) {
  return core.states.invites({});
}

async function untilOpened(
  person: TestPerson,
  state: OpenedInvite["state"],
): Promise<void> {
  await until(openedBy(person), ({ opened }) => {
    const [first] = opened;
    return JSON.stringify(first?.state) === JSON.stringify(state);
  });
}

function refused(reason: "invite-used" | "invite-withdrawn") {
  return { stage: "refused", reason } as const;
}

function isSilent({ wants }: ReturnType<typeof watchNetwork>): boolean {
  return wants.every(
    ({ topics, addresses }) => topics.length === 0 && addresses.length === 0,
  );
}

async function watched(
  name: string,
  cast: Awaited<ReturnType<typeof emptyCast>>,
) {
  const network = watchNetwork(cast.hub.network(name));
  return { network, person: await cast.add(name, { network }) };
}

test("ME8: nothing is wanted of the network before the first invite is made", async () => {
  const cast = await emptyCast();
  const { network, person } = await watched("Ana", cast);
  await post(person, "alone");
  await person.core.handlers.setProfile({
    name: "Ana",
    about: "x",
    picture: { kind: "keep" },
  });
  const { network: second } = await watched("Ben", cast);
  expect(isSilent(network) && isSilent(second)).toBe(true);
  expect(network.addresses.peek()).toEqual([]);
  expect(person.core.states.network({}).peek().stage).toBe("quiet");
  await invite(person);
  await until(person.core.states.network({}), ({ stage }) => stage !== "quiet");
  expect(isSilent(network)).toBe(false);
});

test("ME8, IN6: reading a link tells nobody anything", async () => {
  const cast = await emptyCast();
  const ana = await watched("Ana", cast);
  const { link, invite: id } = await invite(ana.person);
  const ben = await watched("Ben", cast);
  const preview = await ben.person.core.handlers.readLink({ link });
  expect(preview).toEqual({
    kind: "invite",
    invite: id,
    person: ana.person.core.states.me({}).peek()?.person,
    name: "Ana",
    message: "Hi!",
    expiresAt: openedBy(ana.person).peek().made[0]?.expiresAt,
    isKeeper: false,
    known: false,
  });
  expect(isSilent(ben.network)).toBe(true);
  expect(ana.network.lines).toEqual([]);
  expect(openedBy(ben.person).peek().opened).toEqual([]);
  await ben.person.core.handlers.openLink({ link });
  await untilOpened(ben.person, { stage: "done" });
  expect(ana.network.lines).toHaveLength(1);
});

test("ME7: with nobody, nothing is wanted and lines end, until everywhere comes back", async () => {
  const cast = await emptyCast();
  await cast.add("Ben");
  const { network, person } = await watched("Ana", cast);
  await cast.befriend("Ana", "Ben");
  await person.core.handlers.updateSettings({ network: "nobody" });
  await until(
    person.core.states.network({}),
    ({ stage }) => stage === "paused",
  );
  await network.lines.at(-1)?.closed;
  expect(network.wants.at(-1)).toEqual({ topics: [], addresses: [] });
  await post(cast.of("Ben"), "are you there?");
  await person.core.handlers.updateSettings({ network: "everywhere" });
  await untilPost(person, "are you there?");
});

test("IN4: an invite for one is used up by the first who takes it", async () => {
  const cast = await emptyCast();
  const ana = await cast.add("Ana");
  const { link } = await invite(ana);
  const takers = await Promise.all(
    ["Ben", "Cleo", "Dora"].map((name) => cast.add(name)),
  );
  await Promise.all(takers.map(({ core }) => core.handlers.openLink({ link })));
  const stages = await Promise.all(
    takers.map(async (taker) => {
      const { opened } = await until(openedBy(taker), (it) =>
        it.opened.every(({ state }) => state.stage !== "waiting"),
      );
      return opened.map(({ state }) => state);
    }),
  );
  expect(stages.flat()).toHaveLength(3);
  expect(stages.flat()).toEqual(
    expect.arrayContaining([{ stage: "done" }, refused("invite-used")]),
  );
  expect(openedBy(ana).peek().made[0]?.takenBy).toHaveLength(1);
  expect(ana.core.states.contacts({}).peek()).toHaveLength(1);
});

test("IN4: a used invite is answered as used, by an inviter who was restarted too", async () => {
  const cast = await emptyCast();
  await cast.add("Ana");
  await cast.add("Ben");
  const { link } = await invite(cast.of("Ana"));
  await cast.of("Ben").core.handlers.openLink({ link });
  await untilOpened(cast.of("Ben"), { stage: "done" });
  await cast.restart("Ana");
  const cleo = await cast.add("Cleo");
  await cleo.core.handlers.openLink({ link });
  await untilOpened(cleo, refused("invite-used"));
  const { made } = openedBy(cast.of("Ana")).peek();
  expect(made[0]?.takenBy.map(({ name }) => name)).toEqual(["Ben"]);
});

test("IN4: a withdrawn invite welcomes nobody, until the withdrawal is taken back", async () => {
  const cast = await emptyCast();
  const ana = await cast.add("Ana");
  const { link, invite: id } = await invite(ana);
  await ana.core.handlers.withdrawInvite({ invite: id, withdrawn: true });
  const ben = await cast.add("Ben");
  await ben.core.handlers.openLink({ link });
  await untilOpened(ben, refused("invite-withdrawn"));
  await ana.core.handlers.withdrawInvite({ invite: id, withdrawn: false });
  await ben.core.handlers.openLink({ link });
  await untilOpened(ben, { stage: "done" });
  expect(
    ana.core.states
      .contacts({})
      .peek()
      .map(({ name }) => name),
  ).toEqual(["Ben"]);
});

test("IN4: an invite ends by the clock, for its maker and its takers", async () => {
  const cast = await emptyCast();
  const clock = createManualClock(Date.UTC(2031, 0, 1));
  const ana = await cast.add("Ana");
  const { link } = await invite(ana, 1, 60_000);
  const late = await cast.add("Ben", { clock });
  const refusal = { code: "invite-expired" };
  await expect(late.core.handlers.readLink({ link })).rejects.toMatchObject(
    refusal,
  );
  await expect(late.core.handlers.openLink({ link })).rejects.toMatchObject(
    refusal,
  );
  expect(openedBy(late).peek().opened).toEqual([]);
});

test("IN1: links that are mine, damaged, foreign or newer are refused by their own codes", async () => {
  const cast = await emptyCast();
  const ana = await cast.add("Ana");
  const { link } = await invite(ana);
  const ben = await cast.add("Ben");
  const at = link.length - 20;
  const letter = link[at] === "y" ? "b" : "y";
  const bent = link.slice(0, at) + letter + link.slice(at + 1);
  const cases: readonly (readonly [TestPerson, string, string])[] = [
    [ana, link, "invite-own"],
    [ben, bent, "invite-damaged"],
    [ben, link.slice(0, -8), "invite-damaged"],
    [ben, "https://example.org", "invite-foreign"],
    [ben, "", "invite-foreign"],
    // Version 2, kind 1 and a check sum that holds.
    [ben, "commonplace:yeyibesy4r", "invite-newer"],
  ];
  for (const [{ core }, text, code] of cases)
    for (const method of ["readLink", "openLink"] as const)
      await expect(core.handlers[method]({ link: text })).rejects.toMatchObject(
        { code },
      );
});

test("IN4: an invite for several asks me each time, and my yes counts", async () => {
  const cast = await emptyCast();
  const ana = await cast.add("Ana");
  const { link, invite: id } = await invite(ana, 5);
  const ben = await cast.add("Ben");
  const cleo = await cast.add("Cleo");
  await ben.core.handlers.openLink({ link });
  await cleo.core.handlers.openLink({ link });
  await untilOpened(ben, { stage: "asked" });
  await untilOpened(cleo, { stage: "asked" });
  const { made } = await until(
    openedBy(ana),
    (it) => it.made[0]?.requests.length === 2,
  );
  const requests = made[0]?.requests ?? [];
  expect(requests.map(({ name }) => name).sort()).toEqual(["Ben", "Cleo"]);
  for (const { person, name } of requests)
    await ana.core.handlers.answerRequest({
      invite: id,
      person,
      accept: name === "Ben",
    });
  await untilOpened(ben, { stage: "done" });
  expect(openedBy(ana).peek().made[0]?.requests).toEqual([]);
  expect(cleo.core.states.contacts({}).peek()).toEqual([]);
});

test("IN5: the open feed of an invite is read at once from whoever holds it, its author away", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const ana = cast.of("Ana");
  await post(ana, "for everyone", { audience: "link" });
  await post(ana, "for contacts");
  await untilPost(cast.of("Ben"), "for everyone");
  await untilPost(cast.of("Ben"), "for contacts");
  const { link } = await invite(ana);
  cast.hub.unplug("Ana");
  const dora = await cast.add("Dora");
  await dora.core.handlers.openLink({ link });
  await untilPost(dora, "for everyone");
  await untilOpened(dora, { stage: "waiting" });
  expect(textsOf(feedOf(dora).peek().items)).toEqual(["for everyone"]);
  cast.hub.plug("Ana");
  await untilOpened(dora, { stage: "done" });
  await untilPost(dora, "for contacts");
});

test("SP8: who only has the open feed never reads what is for contacts", async () => {
  const cast = await castOfContacts("Ana", "Ben");
  const ana = cast.of("Ana");
  const { link } = await invite(ana, 5);
  const dora = await cast.add("Dora");
  await dora.core.handlers.openLink({ link });
  await untilOpened(dora, { stage: "asked" });
  await post(ana, "for contacts");
  await post(ana, "for everyone", { audience: "link" });
  await untilPost(dora, "for everyone");
  await untilPost(cast.of("Ben"), "for contacts");
  expect(textsOf(feedOf(dora).peek().items)).toEqual(["for everyone"]);
});

test("IN1: an invite waits for its maker across restarts on both sides", async () => {
  const cast = await emptyCast();
  await cast.add("Ana");
  await cast.add("Ben");
  const { link } = await invite(cast.of("Ana"));
  cast.hub.unplug("Ana");
  await cast.of("Ben").core.handlers.openLink({ link });
  await cast.restart("Ben");
  await cast.restart("Ana");
  await untilOpened(cast.of("Ben"), { stage: "waiting" });
  cast.hub.plug("Ana");
  await untilOpened(cast.of("Ben"), { stage: "done" });
});

test("an invite I gave up on is off the list and asks nobody any more", async () => {
  const cast = await emptyCast();
  const ana = await cast.add("Ana");
  const { link, invite: id } = await invite(ana);
  cast.hub.unplug("Ana");
  const ben = await cast.add("Ben");
  await ben.core.handlers.openLink({ link });
  await ben.core.handlers.closeInvite({ invite: id });
  expect(openedBy(ben).peek().opened).toEqual([]);
  await post(ana, "open", { audience: "link" });
  cast.hub.plug("Ana");
  await untilPost(ben, "open");
  expect(ana.core.states.contacts({}).peek()).toEqual([]);
});
