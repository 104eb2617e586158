import { expect, test } from "vitest";
import { spaceId } from "#renderer/testing/fake-ids.ts";
import { captionFiles } from "./caption-files.ts";

const collection = spaceId("Film");
const file = (path: string) => ({
  name: path.slice(path.lastIndexOf("/") + 1),
  place: { collection, path },
});

test("captions of a film have its name, lie in its folder, and may name a language", () => {
  const found = captionFiles(file("a/Film.mp4"), [
    file("a/film.SRT"),
    file("a/Film.de.vtt"),
    file("b/Film.vtt"),
    file("a/Film 2.vtt"),
    file("a/Film.notes.vtt"),
    file("a/Film.txt"),
  ]);
  expect(found.map(({ file: one, label }) => [one.name, label])).toEqual([
    ["film.SRT", ""],
    ["Film.de.vtt", "de"],
  ]);
});
