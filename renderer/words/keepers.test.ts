import { expect, test } from "vitest";
import { fakeKeepers } from "#renderer/testing/fake-keepers.ts";
import {
  coverageWords,
  fullWords,
  goneWords,
  keepersSummary,
  keepsWords,
  keptForWords,
  modeWords,
  offerWords,
  overWords,
  stopWords,
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
    "Lotte could not show 12 of your posts and files",
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

test("what I keep for others says for whom, of how much, and what becomes of it", () => {
  expect(keptForWords(ana)).toBe("You keep 12 GB of 20 GB for Ana");
  expect(keptForWords({ ...ana, until: Date.UTC(2031, 4, 3, 12) })).toBe(
    "You keep 12 GB of 20 GB for Ana, until May 3, 2031",
  );
  expect(overWords(ana)).toBeNull();
  expect(overWords({ ...ana, bytes: 1_000_000_000 })).toContain(
    "what does not fit goes",
  );
  expect(stopWords(ana)).toContain("The 12 GB you keep for Ana are freed");
});

test("in a sentence: who keeps, what is wrong, and room that waits", () => {
  const [offer] = fakeKeepers(now).offers;
  if (offer === undefined) throw new Error("no offer");
  const state = { mine: [], offers: [], others: [], keepForAll: null };
  expect(keepersSummary(state)).toBe("Nobody keeps copies for you yet.");
  expect(keepersSummary({ ...state, offers: [offer] })).toBe(
    `${offerWords(offer)}. Nothing of yours is kept there yet.`,
  );
  expect(offerWords(offer)).toBe("Kenji holds 50 GB for you");
  expect(keepersSummary({ ...state, mine: [office] })).toBe(
    "\u2068Office keeper\u2069 keeps copies for you.",
  );
  expect(keepersSummary({ ...state, mine: [office, lotte] })).toContain(
    "Lotte could not show 12",
  );
  const ended = { bytes: 0, until: null, used: 0 };
  expect(goneWords({ ...lotte, pledge: ended })).toContain(
    "Lotte holds no room for you any more",
  );
});

test("KE7: nobody is said to keep copies who has no room, or has not said so", () => {
  const state = { mine: [], offers: [], others: [], keepForAll: null };
  const full = { ...office, pledge: { bytes: 0, until: null, used: 0 } };
  expect(coverageWords(full, now)).toBe("Keeps nothing of yours: no room");
  expect(fullWords(full)).toBe("No room left for you");
  expect(keepsWords(full)).toBe("Nothing yet");
  expect(modeWords(full)).toBe("May hold copies it cannot read");
  expect(modeWords(office)).toBe("Holds copies it cannot read");
  expect(keepersSummary({ ...state, mine: [full] })).toContain(
    "Office keeper has no room left for you",
  );
  const silent = { ...office, pledge: null };
  expect(keepersSummary({ ...state, mine: [silent] })).toBe(
    "\u2068Office keeper\u2069 has not said yet whether there is room for you.",
  );
  expect(keptForWords({ ...ana, used: 0, bytes: 0 })).toBe(
    "No room left for Ana",
  );
});
