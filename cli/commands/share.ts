import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { ShareAudience } from "#core/contract/collection-methods.ts";
import { extentWords } from "#renderer/words/files.ts";
import { CommandError, EXITS, UsageError } from "../command-error.ts";
import type { Command, Context } from "../command.ts";
import { leftOutOf } from "../left-out.ts";
import { untilTransferred } from "../waiting.ts";

/** Shares a folder where it lies. */
export const share: Command = {
  name: "share",
  about: "share a folder where it lies",
  takes:
    "FOLDER [--title TEXT] [--about TEXT] [--for contacts|link|NAME]… [--hidden] [--without PATTERN]…",
  options: {
    title: { type: "string" },
    about: { type: "string" },
    for: { type: "string", multiple: true },
    hidden: { type: "boolean" },
    without: { type: "string", multiple: true },
  },
  optionWords: [
    ["--title TEXT", "what it is called; the folder's name without"],
    ["--about TEXT", "a sentence about it"],
    [
      "--for WHOM",
      "contacts (as it is without), link, or the name of a contact",
    ],
    ["--hidden", "hidden files too, which stay out otherwise"],
    ["--without PATTERN", "what fits stays out, as with: --without '*.bak'"],
  ],
  check(given) {
    given.first("Which folder?");
  },
  async run(context) {
    const { given, app, output, signal } = context;
    const path = resolve(given.first("Which folder?"));
    await refuseFile(path);
    // What programs leave behind is never shared.
    const excludes = {
      hidden: !given.has("hidden"),
      temporary: true,
      patterns: given.texts("without"),
    };
    const { collection, transfer } = await app.call("shareFolder", {
      folder: await app.grant(path),
      title: given.text("title") ?? basename(path),
      about: given.text("about") ?? "",
      audience: await audienceOf(context),
      excludes,
    });
    await untilTransferred(context, transfer);
    const leftOut = await leftOutOf(app, collection, excludes, signal);
    if (leftOut !== null) output.note(leftOut);
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

/** What cannot even be looked at is the app's to refuse. @throws `CommandError` for what is no folder */
async function refuseFile(path: string): Promise<void> {
  const seen = await stat(path).catch(() => null);
  if (seen === null || seen.isDirectory()) return;
  throw new CommandError(
    `${path} is a file. Share the folder it lies in, or attach it to a post with: commonplace post --file`,
    EXITS.refused,
  );
}

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
