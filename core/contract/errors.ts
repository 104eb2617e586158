/**
 * Expected failures: a code from one closed union, with typed details. The
 * words for them live in the renderer; nothing here is shown to a person.
 */
export interface ErrorDetails {
  /** The caller's signal fired; the interface shows nothing. */
  cancelled: Record<string, never>;
  /** The input failed its schema: a bug of ours. */
  "invalid-input": { readonly issues: readonly string[] };
  /** Any unexpected throw; the report id finds it in the log. */
  internal: { readonly report: string };
  /** The core is not running or the line to it is closed. */
  "core-unavailable": Record<string, never>;
  /** The app has no identity yet, or is locked. */
  "not-ready": Record<string, never>;
  /** There is nothing under this id on this computer. */
  "not-found": { readonly what: string };

  /** Not 24 recovery words that belong together; `unknown` are the words of no list. */
  "phrase-wrong": {
    readonly words: number;
    readonly unknown: readonly string[];
  };
  "password-wrong": { readonly retryInMs: number };
  "password-short": { readonly minimum: number };
  "lock-unavailable": { readonly lock: string };
  "already-started": Record<string, never>;

  "text-empty": Record<string, never>;
  "text-long": { readonly limitBytes: number };
  "name-empty": Record<string, never>;

  /** Not an invite at all: another kind of text. */
  "invite-foreign": Record<string, never>;
  /** It was an invite once: a character is missing or wrong. */
  "invite-damaged": Record<string, never>;
  /** Made by a newer version of the app. */
  "invite-newer": { readonly version: number };
  "invite-expired": { readonly expiredAt: number };
  "invite-used": Record<string, never>;
  "invite-withdrawn": Record<string, never>;
  "invite-own": Record<string, never>;

  /** Not an address like 192.168.1.23:49737. */
  "address-wrong": Record<string, never>;
  /** Nobody we know answered there. */
  "address-silent": Record<string, never>;

  /** Something else has this name there. */
  "name-taken": { readonly name: string };
  /** Not a name a folder can have on this computer. */
  "name-unusable": { readonly name: string };
  "folder-unreadable": { readonly name: string };
  "folder-missing": { readonly name: string };
  "folder-empty": { readonly name: string };
  /** A folder that holds other files than the collection it was chosen for. */
  "folder-other": { readonly name: string };
  /** A folder that holds the data of the app itself, or lies in it. */
  "folder-ours": { readonly name: string };
  /** Files that lie in different folders cannot become one collection in place. */
  "files-apart": Record<string, never>;
  "file-unreadable": { readonly name: string };
  "file-large": { readonly name: string; readonly limitBytes: number };
  /** Whose collection it is does not let me add and change things, or no longer. */
  "may-not-write": Record<string, never>;
  /** Nobody in reach holds these bytes now. */
  "file-away": Record<string, never>;
  /** A file of mine is not in its folder any more, and still listed. */
  "file-gone": Record<string, never>;
  /** This computer shows nothing in another app; `folder` is where the file lies. */
  "no-other-app": { readonly folder: string };
  /** Somebody removed it from its collection before it was here. */
  "file-removed": Record<string, never>;
  "picture-unsupported": { readonly name: string };

  /** The write was refused; nothing acknowledged was lost. */
  "disk-full": Record<string, never>;
  /** Another running copy of the app holds the data folder. */
  "store-busy": Record<string, never>;
  /** The data folder was written by a newer version. */
  "store-newer": { readonly version: number };
  /** Something in the data folder cannot be opened: a file, or a folder of files. */
  "store-damaged": { readonly part: string };
  /** The data folder was copied or moved from another place. */
  "store-moved": Record<string, never>;
}

export type ErrorCode = keyof ErrorDetails;

/** An expected failure. Throw this and only this for a failure a person may see. */
export class CoreError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly details: ErrorDetails[Code];

  constructor(code: Code, details: ErrorDetails[Code], cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = "CoreError";
    this.code = code;
    this.details = details;
  }
}

/** Narrows any thrown value to an expected failure, of one code when given. */
export function isCoreError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is CoreError<Code> {
  return (
    error instanceof CoreError && (code === undefined || error.code === code)
  );
}
