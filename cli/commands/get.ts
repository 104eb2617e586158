import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Transfer } from "#core/contract/collection-models.ts";
import { isCoreError } from "#core/contract/errors.ts";
import type { SpaceId, TransferId } from "#core/contract/ids.ts";
import type { MethodOutput } from "#core/contract/methods.ts";
import { plural } from "#renderer/words/time.ts";
import { transferWords } from "#renderer/words/transfers.ts";
import { CommandError, EXITS, UsageError } from "../command-error.ts";
import type { Command, Context, Given } from "../command.ts";
import { findCollection } from "../find-collection.ts";
import { goesOnWords, untilTransferred, within } from "../waiting.ts";

/** Downloads files of a collection into a folder. */
export const get: Command = {
  name: "get",
  about: "download a collection, or parts of it",
  takes: "COLLECTION [PATH…] --to FOLDER [--wait SECONDS]",
  options: { to: { type: "string" }, wait: { type: "string" } },
  optionWords: [
    [
      "--to FOLDER",
      "where to put it, in a folder of its own; made when it is not there",
    ],
    ["--wait SECONDS", "how long to wait until all is there (for ever)"],
  ],
  check(given) {
    wantedIn(given);
    given.count("wait", 1);
  },
  async run(context) {
    const { given, app, output, clock } = context;
    const { which, paths, to } = wantedIn(given);
    const { collection, title } = await findCollection(app, which);
    try {
      const begun = await begin(context, { collection, title, paths, to });
      const { transfer, missing } = begun;
      for (const path of missing) output.note(missingWords(path, title));
      const ended = await untilHere(context, transfer);
      output.answer([transferWords(ended, clock.now())], { ...ended, missing });
      if (missing.length > 0)
        throw new CommandError(
          `${String(missing.length)} of ${plural(paths.length, "path")} ${missing.length === 1 ? "is" : "are"} not there.`,
          EXITS.refused,
          "not-found",
        );
    } catch (error) {
      if (!isCoreError(error, "core-unavailable")) throw error;
      throw new CommandError(
        "The app ended before all was here. What came stays; get goes on from there when it is run again.",
        EXITS.refused,
        error.code,
      );
    }
  },
};

/** @throws `UsageError` */
function wantedIn(given: Given) {
  const question = "Which collection, and --to which folder?";
  const to = given.text("to");
  if (to === null) throw new UsageError(question);
  return {
    which: given.first(question),
    paths: given.words.slice(1),
    to: resolve(to),
  };
}

interface Wanted {
  readonly collection: SpaceId;
  readonly title: string;
  readonly paths: readonly string[];
  readonly to: string;
}

async function begin(
  { app }: Context,
  { collection, title, paths, to }: Wanted,
): Promise<MethodOutput<"download">> {
  await mkdir(to, { recursive: true });
  const folder = await app.grant(to);
  try {
    const all = paths.length === 0 ? [""] : paths;
    return await app.call("download", { collection, paths: all, folder });
  } catch (error) {
    if (!isCoreError(error, "not-found")) throw error;
    throw new CommandError(
      paths.length === 0
        ? `There are no files in ${title}.`
        : paths.map((path) => missingWords(path, title)).join("\n"),
      EXITS.refused,
      error.code,
    );
  }
}

function missingWords(path: string, title: string): string {
  return `There is no ${path} in ${title}.`;
}

async function untilHere(
  context: Context,
  transfer: TransferId,
): Promise<Transfer> {
  const { given, app, signal } = context;
  if (given.text("wait") === null)
    return await untilTransferred(context, transfer);
  const ended = await within(given.count("wait", 1), signal, (limited) =>
    untilTransferred({ ...context, signal: limited }, transfer),
  );
  if (ended !== null) return ended;
  throw new CommandError(
    `Not all of it is here yet. ${goesOnWords(app.isOwn)}`,
    EXITS.later,
  );
}
