import { CoreError } from "#core/contract/errors.ts";
import type { LinkPreview } from "#core/contract/contact-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { noRoomWords } from "#renderer/words/keepers.ts";
import { CommandError, EXITS, UsageError } from "../command-error.ts";
import type { Command, Context } from "../command.ts";
import { goesOnWords, within } from "../waiting.ts";

const WAIT_S = 60;

/** Opens a link after saying what it would do: it never acts by itself (IN6). */
export const accept: Command = {
  name: "accept",
  about: "open an invite or the link of a collection",
  takes: "LINK [--yes] [--wait SECONDS]",
  options: { yes: { type: "boolean" }, wait: { type: "string" } },
  optionWords: [
    ["--yes", "do not ask first"],
    [
      "--wait SECONDS",
      `how long to wait for the other side (${String(WAIT_S)})`,
    ],
  ],
  check(given, canAsk) {
    given.first("Which link?");
    given.count("wait", WAIT_S);
    if (!given.has("yes") && !canAsk)
      throw new UsageError("Add --yes to go on without being asked.");
  },
  async run(context) {
    const { given, app, output, ask, signal } = context;
    const link = given.first("Which link?");
    const preview = await app.call("readLink", { link });
    output.note(previewWords(preview));
    if (preview.known) {
      output.answer(["There is nothing to do."], { done: true, preview });
      return;
    }
    if (!given.has("yes")) {
      const answer = await ask?.("Go on? [y/N] ");
      if (!/^y(es)?$/i.test(answer?.trim() ?? ""))
        throw new CommandError("Nothing was done.", EXITS.refused);
    }
    await app.call("openLink", { link });
    const done = await within(given.count("wait", WAIT_S), signal, (ended) =>
      untilDone(preview, app, ended),
    );
    if (done === null)
      throw new CommandError(laterWords(preview, app.isOwn), EXITS.later);
    if (preview.kind === "invite" && preview.isKeeper)
      await untilPromised(preview, context);
    output.answer([doneWords(preview)], { done: true, preview });
  },
};

/** Waits until the other side took it; a collection, until something of it is here. @throws `not-found` */
function untilDone(
  preview: LinkPreview,
  app: Context["app"],
  signal: AbortSignal,
): Promise<unknown> {
  return preview.kind === "invite"
    ? app.until(
        "invites",
        {},
        ({ opened }) => {
          const one = opened.find((it) => it.invite === preview.invite);
          if (one?.state.stage === "refused")
            throw new CoreError("not-found", { what: "invite" });
          return one === undefined || one.state.stage === "done";
        },
        signal,
      )
    : app.until(
        "collections",
        {},
        (rows) =>
          rows.some(
            (row) => row.collection === preview.collection && row.files > 0,
          ),
        signal,
      );
}

/**
 * Waits until a keeper said how much room it holds.
 * @throws `CommandError` when that is none, or it said nothing in time
 */
async function untilPromised(
  { person, name }: Extract<LinkPreview, { kind: "invite" }>,
  { given, app, signal }: Context,
): Promise<void> {
  const keepers = await within(given.count("wait", WAIT_S), signal, (ended) =>
    app.until(
      "keepers",
      {},
      ({ mine }) =>
        mine.some((one) => one.person === person && one.pledge !== null),
      ended,
    ),
  );
  if (keepers === null)
    throw new CommandError(
      `You are connected with ${foreignLine(name)}. It has not said yet whether it has room for you.`,
      EXITS.later,
    );
  const keeper = keepers.mine.find((one) => one.person === person);
  if (keeper?.pledge?.bytes === 0)
    throw new CommandError(noRoomWords(keeper), EXITS.refused);
}

function laterWords(preview: LinkPreview, isOwn: boolean): string {
  const whom =
    preview.kind === "invite"
      ? foreignLine(preview.name)
      : "somebody who has it";
  return `Your request waits for ${whom}. ${goesOnWords(isOwn)}`;
}

function previewWords(preview: LinkPreview): string {
  if (preview.kind === "collection")
    return `A link to the collection “${foreignLine(preview.title)}”.`;
  const message =
    preview.message === "" ? "" : ` It says: “${foreignLine(preview.message)}”`;
  const name = foreignLine(preview.name);
  return preview.isKeeper
    ? `A keeper that says it is called ${name}. If it has room, it will keep your posts, sealed: it cannot read them.${message}`
    : `An invite that says it is from ${name}.${message}`;
}

function doneWords(preview: LinkPreview): string {
  if (preview.kind === "collection") return "The collection is on your list.";
  const name = foreignLine(preview.name);
  return preview.isKeeper
    ? `${name} keeps your posts from now on.`
    : `You and ${name} are contacts.`;
}
