import { resolve } from "node:path";
import type { Audience } from "#core/contract/feed-models.ts";
import { copiesWords } from "#renderer/words/copies.ts";
import { CommandError, EXITS, UsageError } from "../command-error.ts";
import type { Command, Context } from "../command.ts";
import { within } from "../waiting.ts";

const WAIT_S = 20;

/** Writes a post, and says who has it. */
export const post: Command = {
  name: "post",
  about: "write a post",
  takes: "TEXT… [--file PATH]… [--for contacts|link] [--wait SECONDS]",
  options: {
    file: { type: "string", multiple: true },
    for: { type: "string" },
    wait: { type: "string" },
  },
  optionWords: [
    ["--file PATH", "attach a file; may be given more than once"],
    [
      "--for WHOM",
      "contacts (as it is without), or link: everyone with the link",
    ],
    [
      "--wait SECONDS",
      `how long to wait until somebody has it (${String(WAIT_S)}); 0 does not wait`,
    ],
  ],
  check(given) {
    if (given.words.length === 0 && given.texts("file").length === 0)
      throw new UsageError("Which text?");
    audienceOf(given.text("for") ?? "contacts");
    given.count("wait", WAIT_S, 0);
  },
  async run(context) {
    const { given, app, output, signal } = context;
    const text = given.words.join(" ");
    const attachments = await Promise.all(
      given.texts("file").map(async (path) => ({
        grant: await app.grant(resolve(path)),
        alt: "",
      })),
    );
    const { held } = await app.call("post", {
      text,
      audience: audienceOf(given.text("for") ?? "contacts"),
      replyTo: null,
      attachments,
    });
    const written = await untilOut(context, held);
    if (written.some((one) => one.id === held))
      throw new CommandError("It was taken back.", EXITS.refused);
    const mine = { filter: "mine", first: 0, count: 1 } as const;
    const feed = await app.until("feed", mine, ({ items }) => items.length > 0);
    const [made] = feed.items;
    if (made === undefined)
      throw new CommandError("It was taken back.", EXITS.refused);
    const out = await within(given.count("wait", WAIT_S, 0), signal, (ended) =>
      app.until(
        "feed",
        mine,
        ({ items }) =>
          items.some(
            (one) => one.ref === made.ref && one.copies?.stage === "out",
          ),
        ended,
      ),
    );
    const now = await app.read("feed", mine);
    const copies =
      now.items.find((one) => one.ref === made.ref)?.copies ?? made.copies;
    output.answer([copiesWords(copies) ?? "Posted."], {
      ref: made.ref,
      copies,
      hasCopy: out !== null,
    });
  },
};

/** Waits until the time to take it back is over; Ctrl+C takes it back. */
async function untilOut({ app, output, signal }: Context, held: string) {
  output.progress("Goes out in a moment. Ctrl+C takes it back.");
  try {
    return await app.until(
      "held",
      {},
      (posts) => posts.every((one) => one.id !== held),
      signal,
    );
  } catch (error) {
    if (!signal.aborted) throw error;
    const { undone } = await app.call("undoPost", { held });
    throw new CommandError(
      undone ? "It was taken back." : "Stopped. It is out already.",
      EXITS.stopped,
    );
  }
}

function audienceOf(text: string): Audience {
  if (text === "contacts" || text === "link") return text;
  throw new UsageError("--for takes contacts or link.");
}
