import { expect, test } from "vitest";
import { ana, ben } from "#renderer/testing/fake-people.ts";
import { keptAsMineWords, removedWords } from "./removed.ts";

const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/gu, "");

test("what others removed is said with who and how many, and that it is still here", () => {
  expect(plain(removedWords({ files: 1, bytes: 3, by: [ana] }))).toBe(
    "1 file was removed by Ana Torres and is still on this computer.",
  );
  expect(plain(removedWords({ files: 2_000, bytes: 3, by: [ana, ben] }))).toBe(
    "2,000 files were removed by Ana Torres and Ben Okafor and are still on this computer.",
  );
  expect(keptAsMineWords(2)).toBe("2 files stay, as yours");
});
