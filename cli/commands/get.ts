import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { transferWords } from "#renderer/words/transfers.ts";
import { UsageError } from "../command-error.ts";
import type { Command } from "../command.ts";
import { findCollection } from "../find-collection.ts";
import { untilTransferred } from "../waiting.ts";

/** Downloads files of a collection into a folder. */
export const get: Command = {
  name: "get",
  about: "download a collection, or parts of it",
  takes: "COLLECTION [PATH…] --to FOLDER",
  options: { to: { type: "string" } },
  optionWords: [
    [
      "--to FOLDER",
      "where to put it, in a folder of its own; made when it is not there",
    ],
  ],
  async run(context) {
    const { given, app, output, clock } = context;
    const [which, ...paths] = given.words;
    const to = given.text("to");
    if (which === undefined || to === null)
      throw new UsageError("Which collection, and --to which folder?");
    const { collection } = await findCollection(app, which);
    await mkdir(resolve(to), { recursive: true });
    const { transfer } = await app.call("download", {
      collection,
      paths: paths.length === 0 ? [""] : paths,
      folder: await app.grant(resolve(to)),
    });
    const ended = await untilTransferred(context, transfer);
    output.answer([transferWords(ended, clock.now())], ended);
  },
};
