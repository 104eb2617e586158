import type { ErrorCode, ErrorDetails } from "#core/contract/errors.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { postLimitWords } from "./post-size.ts";
import { sizeWords } from "./size.ts";
import { exactTime, plural } from "./time.ts";

/** What happened · is anything lost · one thing to do. */
export interface ErrorWords {
  readonly what: string;
  readonly lost: string | null;
  readonly todo: string | null;
}

type Table = {
  readonly [C in ErrorCode]: (details: Partial<ErrorDetails[C]>) => ErrorWords;
};

function words(
  what: string,
  lost: string | null = null,
  todo: string | null = null,
): ErrorWords {
  return { what, lost, todo };
}

const named = (name: string | undefined, otherwise: string) =>
  name === undefined || name === ""
    ? otherwise
    : `“\u2068${foreignLine(name)}\u2069”`;
const unchanged = (what: string, todo: string) =>
  words(what, "Nothing was changed.", todo);
const askAnew = (what: string) => unchanged(what, "Ask for a new one.");
const another = (what: string) => unchanged(what, "Choose another name.");

/** One entry a code; the type makes a missing one a compile error. */
const table: Table = {
  cancelled: () => words("Stopped."),
  "invalid-input": () =>
    unchanged(
      "This cannot be done as it is written here.",
      "Make it shorter, then try again.",
    ),
  internal: ({ report }) =>
    words(
      `Something went wrong in the app, not in your data${report === undefined ? "" : ` (report ${report})`}.`,
      "It has been noted on this computer only.",
      "Try again.",
    ),
  "core-unavailable": () =>
    words(
      "The part of the app that keeps your data is not answering.",
      "Your data is still on this computer.",
      "Wait a moment. It starts again by itself.",
    ),
  "not-ready": () =>
    unchanged("The app is still locked or not set up.", "Unlock it first."),
  "not-found": () =>
    unchanged(
      "This is not on this computer any more, or not yet.",
      "Go back and look again.",
    ),

  "phrase-wrong": ({ words: count, unknown = [] }) =>
    words(
      unknown.length > 0
        ? `Not recovery words: ${unknown
            .slice(0, 4)
            .map((word) => `\u2068${foreignLine(word)}\u2069`)
            .join(", ")}.`
        : count !== undefined && count !== 24
          ? `These are ${plural(count, "word")}; recovery words are 24.`
          : "These recovery words do not belong together.",
      "Nothing was changed.",
      "Check the spelling and the order.",
    ),
  "password-wrong": ({ retryInMs = 0 }) =>
    words(
      "This is not the password.",
      "Your data is still here.",
      retryInMs < 1000
        ? "Try again."
        : `Try again in ${plural(Math.ceil(retryInMs / 1000), "second")}.`,
    ),
  "password-short": ({ minimum }) =>
    words(
      "This password is too short.",
      null,
      minimum === undefined
        ? "Make it longer."
        : `Use at least ${minimum} characters.`,
    ),
  "lock-unavailable": ({ lock }) =>
    lock === "keyring"
      ? words(
          "The password store of this computer is not answering.",
          "Your data is still here.",
          "Open it, then try again, or choose a password.",
        )
      : unchanged(
          "This way of locking is not available on this computer.",
          "Choose another way.",
        ),
  "already-started": () =>
    unchanged("The app is set up already.", "Start it anew to go on."),

  "text-empty": () =>
    words(
      "There is nothing written yet.",
      null,
      "Write something or attach a file.",
    ),
  "text-long": ({ limitBytes }) =>
    words(
      `This text is too long for one post${limitBytes === undefined ? "" : ` (at most ${postLimitWords(limitBytes)})`}.`,
      "Your text is still in the box.",
      "Shorten it, or attach it as a file.",
    ),
  "name-empty": () => words("Name is empty.", null, "Write any name you like."),

  "invite-foreign": () =>
    unchanged("This is not a Commonplace link.", "Ask for the link again."),
  "invite-damaged": () =>
    unchanged(
      "A part of this link is missing or wrong.",
      "Copy the whole link again.",
    ),
  "invite-newer": () =>
    unchanged(
      "This link was made with a newer version of the app.",
      "Get the update, then open it again.",
    ),
  "invite-expired": ({ expiredAt }) =>
    askAnew(
      `This invite ended${expiredAt === undefined ? "" : ` on ${exactTime(expiredAt)}`}.`,
    ),
  "invite-used": () => askAnew("This invite has been used already."),
  "invite-withdrawn": () => askAnew("This invite was taken back."),
  "invite-own": () =>
    unchanged(
      "This is your own invite.",
      "Send it to the person you want to meet.",
    ),

  "address-wrong": () =>
    words(
      "This is not an address like 192.168.1.23:49737.",
      null,
      "Copy it from the other computer, with the number after the colon.",
    ),
  "address-silent": () =>
    unchanged(
      "Nobody you know answered at this address.",
      "Look whether both computers are on the same network, and the app is open on the other one.",
    ),
  "folder-unreadable": ({ name }) =>
    unchanged(
      `The folder ${named(name, "you chose")} cannot be read.`,
      "Check that you may open it, or choose another.",
    ),
  "folder-missing": ({ name }) =>
    words(
      `The folder ${named(name, "of this collection")} is not there.`,
      "Nothing was deleted for others.",
      "Plug in its drive, then try again.",
    ),
  "folder-empty": ({ name }) =>
    words(
      `There are no files in ${named(name, "this folder")}.`,
      "Nothing was shared.",
      "Put files in it, or choose another.",
    ),
  "folder-ours": ({ name }) =>
    words(
      `Commonplace keeps its own data in ${named(name, "this folder")}, with what nobody else may have.`,
      "Nothing was shared.",
      "Share a folder that the data does not lie in.",
    ),
  "folder-other": ({ name }) =>
    unchanged(
      `${named(name, "This folder")} holds other files than this collection.`,
      "Choose the folder that was shared, or share this one on its own.",
    ),
  "name-taken": ({ name }) =>
    another(`${named(name, "Something with this name")} is there already.`),
  "name-unusable": ({ name }) =>
    another(`${named(name, "This")} cannot be the name of a folder.`),
  "files-apart": () =>
    words(
      "These files do not lie in one folder of this computer.",
      "Nothing was shared.",
      "Put them into one folder, then share that.",
    ),
  "file-unreadable": ({ name }) =>
    words(
      `The file ${named(name, "you chose")} cannot be read.`,
      "Nothing else is touched.",
      "Check that you may open it, then choose it again.",
    ),
  "file-large": ({ name, limitBytes }) =>
    words(
      `${named(name, "This file")} is too large to attach${limitBytes === undefined ? "" : ` (at most ${sizeWords(limitBytes)})`}.`,
      "Your text is still in the box.",
      "Share it in a folder instead.",
    ),
  "may-not-write": () =>
    unchanged(
      "You can see this collection, and not change it.",
      "Ask its owner to let you add and change things.",
    ),
  "file-away": () =>
    words(
      "Nobody connected has this now.",
      "Nothing is lost.",
      "It can be had when somebody who holds it is online.",
    ),
  "file-gone": () =>
    words(
      "It is not in its folder any more.",
      "Others cannot get it from here.",
      "Put it back, or share the changes to take it off the list.",
    ),
  "no-other-app": ({ folder }) =>
    words(
      "No other app can be opened from here.",
      "The file is on this computer.",
      `Look for it in ${named(folder, "its folder")}.`,
    ),
  "file-removed": () =>
    words(
      "It was removed from the collection before it was here.",
      "What was here already stays.",
      "Ask whoever removed it to put it back.",
    ),
  "picture-unsupported": ({ name }) =>
    unchanged(
      `${named(name, "This file")} is not a picture the app can show.`,
      "Choose a JPEG, PNG, WebP or GIF.",
    ),

  "disk-full": () =>
    words(
      "Not saved: this disk is full.",
      "What was saved before is safe.",
      "Make room on the disk, then try again.",
    ),
  "store-busy": () =>
    words(
      "The app is already running on this computer.",
      "Nothing is lost.",
      "Go to its other window, or close it and start again.",
    ),
  "store-newer": () =>
    words(
      "This data was used with a newer version of the app.",
      "Nothing is lost, and nothing was changed.",
      "Get the update, then start again.",
    ),
  "store-damaged": () =>
    words(
      "A part of your data cannot be read.",
      "What is there was left as it is.",
      "Try again. If it stays so, start anew in another place with your recovery words, and keep this folder.",
    ),
  "store-moved": () =>
    words(
      "This looks like a copy from another place.",
      "Nothing is lost. Two copies that both go on would get mixed up, so this one stays closed.",
      "Open the app where it was before, or restore here with your recovery words.",
    ),
} satisfies Table;

/** The words for a failure. Details make them more exact; without details they still hold. */
export function errorWords<C extends ErrorCode>(
  code: C,
  details: Partial<ErrorDetails[C]> = {},
): ErrorWords {
  return table[code](details);
}

/** The three parts as one short text. */
export function errorLine(error: ErrorWords): string {
  return [error.what, error.lost ?? [], error.todo ?? []].flat().join(" ");
}
