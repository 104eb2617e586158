import { readFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import {
  createShares,
  download,
  share,
  untilRow,
} from "#core/testing/shares.ts";

test.skipIf(process.platform === "win32")(
  "FI7: a name with a backslash is one file, and the row says under which name",
  async () => {
    const shares = await createShares();
    onTestFinished(() => shares.close());
    const { ana, ben, folder, at } = shares;
    const songs = await folder("songs", {
      "a\\b.txt": "one",
      "sub/c\\d.txt": "two",
      "sub/plain.txt": "three",
    });
    const collection = await share(ana, songs);
    await untilRow(ben, collection, ({ files }) => files === 3);
    await download(ben, collection, at("ben"));
    const rows = (name: string) =>
      ben.core.states
        .collection({
          collection,
          folder: name,
          search: "",
          first: 0,
          count: 10,
        })
        .peek()
        ?.items.flatMap((item) =>
          item.kind === "file" ? [[item.name, item.savedAs]] : [],
        );
    expect(rows("")).toEqual([["a\\b.txt", "a_b.txt"]]);
    expect(rows("sub")).toEqual([
      ["c\\d.txt", "c_d.txt"],
      ["plain.txt", null],
    ]);
    expect(await readFile(at("ben", "Songs", "a_b.txt"), "utf8")).toBe("one");
    expect(await readFile(at("ben", "Songs", "sub", "c_d.txt"), "utf8")).toBe(
      "two",
    );
  },
);
