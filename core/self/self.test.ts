import { expect, test } from "vitest";
import { parse } from "valibot";
import { inviteIdSchema } from "#core/contract/ids.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import type { SpaceDeviceOptions } from "#core/testing/space-device.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { Self } from "./self.ts";

const BEN = testPerson("ben");
const INVITE = parse(inviteIdSchema, "y".repeat(52));

async function openSelf(options: SpaceDeviceOptions = {}) {
  const device = await openSpaceDevice("ana", options);
  const { spaces, identity, time } = device;
  const self = await Self.open(spaces, identity, time);
  return { ...device, self };
}

function nickname(name: string) {
  return { type: "nickname", person: BEN, nickname: name } as const;
}

function setting(undoMs: number) {
  return { type: "setting", name: "undoMs", value: undoMs } as const;
}

test("what was written is there after a restart", async () => {
  const first = await openSelf();
  await first.self.append(setting(1), setting(2));
  await first.self.append(setting(3));
  const before = first.self.state.peek();
  expect(before.settings.undoMs).toBe(3);
  await first.close();
  const second = await openSelf({ folder: first.folder });
  expect(second.self.state.peek()).toEqual(before);
});

test("EN3: a clock set back by a year does not bring old settings back", async () => {
  const clock = createManualClock();
  const first = await openSelf({ clock });
  await first.self.append(setting(1));
  await first.close();
  clock.jump(-365 * 24 * 60 * 60 * 1000);
  const second = await openSelf({ folder: first.folder, clock });
  await second.self.append(setting(2));
  expect(second.self.state.peek().settings.undoMs).toBe(2);
  await second.close();
  const third = await openSelf({ folder: first.folder, clock });
  expect(third.self.state.peek().settings.undoMs).toBe(2);
});

test("ID5: another device of the same person has a self space of its own", async () => {
  const laptop = await openSelf({ device: "laptop" });
  await laptop.self.append(setting(1));
  await laptop.close();
  const phone = await openSelf({ device: "phone", folder: laptop.folder });
  expect(phone.self.state.peek().settings.undoMs).not.toBe(1);
});

test("IN4: decisions see every decision before them, however many come at once", async () => {
  const { self } = await openSelf();
  const taker = (number: number) =>
    self.decide((state) => {
      const isFirst = state.contacts.size === 0 && state.settings.undoMs !== 7;
      return {
        entries: isFirst ? [setting(7)] : [],
        result: isFirst ? number : null,
      };
    });
  const results = await Promise.all(
    Array.from({ length: 1000 }, (_, number) => taker(number)),
  );
  expect(results.filter((result) => result !== null)).toEqual([0]);
});

test("IN4: nothing is written between a decision's look and its entries", async () => {
  const { self } = await openSelf();
  const withdrawn = {
    type: "invite-withdrawn",
    invite: INVITE,
    withdrawn: true,
  } as const;
  const writing = self.append(setting(1));
  const withdrawing = self.append(setting(2), withdrawn);
  const seen = await self.decide((state) => ({
    entries: [setting(3)],
    result: state.settings.undoMs,
  }));
  await Promise.all([writing, withdrawing]);
  expect(seen).toBe(2);
  expect(self.state.peek().settings.undoMs).toBe(3);
});

test("a decision that throws writes nothing and holds up nobody", async () => {
  const { self } = await openSelf();
  const failing = self.decide(() => {
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await self.append(nickname("Benny"));
  await expect(
    self.decide(() => ({ entries: [], result: "next" })),
  ).resolves.toBe("next");
});

test("EN1: self entries of a kind unknown to this version are passed over", async () => {
  const first = await openSelf();
  await first.self.append(setting(4));
  const [space] = first.spaces.all();
  if (space === undefined) throw new Error("no self space");
  await first.spaces.append(space.id, [
    { type: "rule", text: "from the future" },
  ]);
  await first.self.append(nickname("Benny"));
  await first.close();
  const second = await openSelf({ folder: first.folder });
  expect(second.self.state.peek().settings.undoMs).toBe(4);
});
