import { expect, test } from "vitest";
import { limitsAt } from "./rate-schedule.ts";

const at = (hour: number, minute = 0): number =>
  new Date(2031, 5, 17, hour, minute).getTime();
const limits = (from: number, to: number) => ({
  down: 2_000_000,
  up: null,
  schedule: { from: from * 60, to: to * 60 },
});
const OFF = { down: null, up: null, until: null };

test("limits without a schedule hold always", () => {
  expect(limitsAt({ down: 1_000, up: 2_000, schedule: null }, at(3))).toEqual({
    down: 1_000,
    up: 2_000,
    until: null,
    nextAt: null,
  });
});

test.each([
  { hour: 7, minute: 59, on: false },
  { hour: 8, minute: 0, on: true },
  { hour: 17, minute: 59, on: true },
  { hour: 18, minute: 0, on: false },
])("from 8 to 18, $hour:$minute is limited: $on", ({ hour, minute, on }) => {
  const { nextAt, ...now } = limitsAt(limits(8, 18), at(hour, minute));
  expect(now).toEqual(on ? { down: 2_000_000, up: null, until: at(18) } : OFF);
  expect(nextAt).toBe(on ? at(18) : hour < 8 ? at(8) : at(8 + 24));
});

test("a schedule goes over midnight", () => {
  expect(limitsAt(limits(22, 6), at(23)).until).toBe(at(6 + 24));
  expect(limitsAt(limits(22, 6), at(5)).until).toBe(at(6));
  expect(limitsAt(limits(22, 6), at(12))).toEqual({ ...OFF, nextAt: at(22) });
});
