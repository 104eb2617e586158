import { basename, resolve } from "node:path";
import type { ShareAudience } from "#core/contract/collection-methods.ts";
import { extentWords } from "#renderer/words/files.ts";
import { UsageError } from "../command-error.ts";
import type { Command, Context } from "../command.ts";
import { untilTransferred } from "../waiting.ts";

/** Shares a folder where it lies. */
export const share: Command = {
  name: "share",
  about: "share a folder where it lies",
  takes: "FOLDER [--title TEXT] [--about TEXT] [--for contacts|link|NAME]…",
  options: {
    title: { type: "string" },
    about: { type: "string" },
    for: { type: "string", multiple: true },
  },
  optionWords: [
    ["--title TEXT", "what it is called; the folder's name without"],
    ["--about TEXT", "a sentence about it"],
    [
      "--for WHOM",
      "contacts (as it is without), link, or the name of a contact",
    ],
  ],
  async run(context) {
    const { given, app, output } = context;
    const [folder] = given.words;
    if (folder === undefined) throw new UsageError("Which folder?");
    const path = resolve(folder);
    const { collection, transfer } = await app.call("shareFolder", {
      folder: await app.grant(path),
      title: given.text("title") ?? basename(path),
      about: given.text("about") ?? "",
      audience: await audienceOf(context),
    });
    await untilTransferred(context, transfer);
    const rows = await app.until("collections", {}, (all) =>
      all.some((row) => row.collection === collection),
    );
    const row = rows.find((one) => one.collection === collection);
    const { link } = await app.call("collectionLink", { collection });
    output.answer(
      [`Shared: ${row === undefined ? "" : extentWords(row)}`, link],
      { ...row, link },
    );
  },
};

async function audienceOf({ given, app }: Context): Promise<ShareAudience> {
  const whom = given.texts("for");
  if (whom.length === 0 || whom.includes("contacts"))
    return { kind: "contacts" };
  if (whom.includes("link")) return { kind: "link" };
  const contacts = await app.read("contacts", {});
  const people = whom.map((name) => {
    const found = contacts.filter((one) => one.name === name);
    const [only] = found;
    if (only === undefined || found.length > 1)
      throw new UsageError(`There is not exactly one contact called ${name}.`);
    return only.person;
  });
  return { kind: "chosen", people };
}
