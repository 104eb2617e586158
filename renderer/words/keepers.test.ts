import { expect, test } from "vitest";
import { fakeKeepers } from "#renderer/testing/fake-keepers.ts";
import {
  coverageWords,
  fullWords,
  goneWords,
  keepsWords,
  keptForWords,
} from "./keepers.ts";

const now = 1_800_000_000_000;
const { mine, others } = fakeKeepers(now);
const [office, lotte] = mine;
const [ana] = others;
if (office === undefined || lotte === undefined || ana === undefined)
  throw new Error("no keepers");

test("a keeper says what it keeps, how full it is, and what was checked", () => {
  expect(keepsWords(office)).toBe("Your posts");
  expect(fullWords(office)).toBe("12 GB of 100 GB");
  expect(coverageWords(office, now)).toBe(
    "Keeps 98 % of what you gave it, checked 12 min ago",
  );
  expect(goneWords(office)).toBeNull();
  expect(goneWords(lotte)).toContain(
    "Lotte no longer has 12 of your posts and files",
  );
});

test("KE5: nearly all is not all, and nothing counts before it was checked", () => {
  const nearly = { share: 0.999, checkedAt: now, gone: 0 };
  expect(coverageWords({ ...office, coverage: nearly }, now)).toContain("99 %");
  const never = { share: null, checkedAt: null, gone: 0 };
  expect(coverageWords({ ...office, coverage: never }, now)).toContain(
    "Not checked yet",
  );
});

test("what I keep for others says for whom, and of how much", () => {
  expect(keptForWords(ana)).toBe("You keep 12 GB of 20 GB for Ana");
});
