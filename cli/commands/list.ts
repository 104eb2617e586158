import type { CollectionItem } from "#core/contract/collection-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { extentWords, fileWords, hereWords } from "#renderer/words/files.ts";
import { sizeWords } from "#renderer/words/size.ts";
import type { Command } from "../command.ts";
import { findCollection } from "../find-collection.ts";

const ROWS = 500;

/** Lists collections, or what is in a folder of one. */
export const list: Command = {
  name: "list",
  about: "list collections, or the files of one",
  takes: "[COLLECTION [FOLDER]]",
  options: {},
  optionWords: [],
  async run({ given, app, output }) {
    const [which, folder = ""] = given.words;
    if (which === undefined) {
      const rows = await app.read("collections", {});
      output.answer(
        rows.length === 0
          ? ["No collections yet."]
          : rows.map((row) => {
              const owner = row.mine ? "you" : foreignLine(row.owner.name);
              const title = foreignLine(row.title);
              return `${title} · by ${owner} · ${extentWords(row)} · ${hereWords(row)}`;
            }),
        rows,
      );
      return;
    }
    const { collection } = await findCollection(app, which);
    const page = await app.read("collection", {
      collection,
      folder,
      search: "",
      first: 0,
      count: ROWS,
    });
    const items = page?.items ?? [];
    const left = (page?.total ?? 0) - items.length;
    output.answer(
      [
        ...items.map(lineOf),
        ...(left > 0 ? [`… and ${left.toLocaleString("en")} more`] : []),
      ],
      items,
    );
  },
};

function lineOf(item: CollectionItem): string {
  if (item.kind === "folder")
    return `${foreignLine(item.name)}/ · ${extentWords(item)}`;
  const state = fileWords(item.state, item.size);
  return `${foreignLine(item.name)} · ${sizeWords(item.size)} · ${state}`;
}
