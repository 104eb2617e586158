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
    "Keeps 98 % of your posts and all 214 files, checked 12 min ago",
  );
  expect(goneWords(office)).toBeNull();
  expect(goneWords(lotte)).toContain(
    "Lotte no longer has 12 of your posts and files",
  );
});

test("KE5: nearly all is not all, and nothing counts before it was checked", () => {
  const nearly = { ...office.coverage, posts: 0.999 };
  expect(coverageWords({ ...office, coverage: nearly }, now)).toContain("99 %");
  const never = { ...office.coverage, share: null, checkedAt: null };
  expect(coverageWords({ ...office, coverage: never }, now)).toContain(
    "Not checked yet",
  );
});

test("files are told apart from posts", () => {
  const { coverage } = office;
  const words = (some: Partial<typeof coverage>) =>
    coverageWords({ ...office, coverage: { ...coverage, ...some } }, now);
  expect(words({ posts: 1, files: { shown: 12, all: 14 } })).toContain(
    "Keeps 100 % of your posts and 12 of 14 files,",
  );
  expect(words({ posts: null, files: { shown: 1, all: 1 } })).toContain(
    "Keeps the file,",
  );
  expect(words({ posts: null, files: { shown: 0, all: 0 } })).toContain(
    "Keeps 98 %,",
  );
});

test("what I keep for others says for whom, and of how much", () => {
  expect(keptForWords(ana)).toBe("You keep 12 GB of 20 GB for Ana");
});
