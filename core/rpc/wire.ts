import { CoreError } from "#core/contract/errors.ts";
import type { ErrorCode, ErrorDetails } from "#core/contract/errors.ts";

/** One end of a two-way channel of plain values: a message port, a web socket, a pair in a test. */
export interface Port {
  /** Sends a value; does nothing on a closed port. Throws for a value that cannot be copied. */
  post(message: unknown): void;
  /** Set once, before anything can arrive. */
  onMessage(listener: (message: unknown) => void): void;
  /** Runs once, also when this end closed it. */
  onClose(listener: () => void): void;
  close(): void;
}

/** From the interface to the core. */
export type Request =
  | {
      readonly kind: "call";
      readonly id: number;
      readonly method: string;
      readonly input: unknown;
    }
  | {
      readonly kind: "watch";
      readonly id: number;
      readonly state: string;
      readonly params: unknown;
    }
  | { readonly kind: "unwatch"; readonly id: number };

/** From the core to the interface. An error answers a call or ends a watch. */
export type Reply =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "value"; readonly id: number; readonly value: unknown }
  | {
      readonly kind: "error";
      readonly id: number;
      readonly code: ErrorCode;
      readonly details: unknown;
    };

type Fields = Readonly<Record<string, unknown>>;

/** A plain object with readable fields; arrays count too, and fail on their fields. */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Reads a request; null for anything that is none. Method, state and input are not checked here. */
export function readRequest(message: unknown): Request | null {
  if (!isObject(message)) return null;
  const { kind, id, method, input, state, params } = message;
  if (!isId(id)) return null;
  if (kind === "call" && typeof method === "string")
    return { kind, id, method, input };
  if (kind === "watch" && typeof state === "string")
    return { kind, id, state, params };
  return kind === "unwatch" ? { kind, id } : null;
}

/** Reads a reply; null for anything that is none. */
export function readReply(message: unknown): Reply | null {
  if (!isObject(message)) return null;
  const { kind, id, value, code, details } = message;
  if (!isId(id)) return null;
  if (kind === "answer" || kind === "value") return { kind, id, value };
  if (kind === "error" && isErrorCode(code))
    return { kind, id, code, details: isObject(details) ? details : {} };
  return null;
}

/** Every code there is, so that a code from the wire can be told from any other text. */
const ERROR_CODES: Readonly<Record<ErrorCode, true>> = {
  cancelled: true,
  "invalid-input": true,
  internal: true,
  "core-unavailable": true,
  "not-ready": true,
  "not-found": true,
  "password-wrong": true,
  "password-short": true,
  "phrase-wrong": true,
  "lock-unavailable": true,
  "already-started": true,
  "text-empty": true,
  "text-long": true,
  "name-empty": true,
  "invite-foreign": true,
  "invite-damaged": true,
  "invite-newer": true,
  "invite-expired": true,
  "invite-used": true,
  "invite-withdrawn": true,
  "invite-own": true,
  "address-wrong": true,
  "address-silent": true,
  "folder-unreadable": true,
  "folder-missing": true,
  "folder-empty": true,
  "folder-other": true,
  "folder-ours": true,
  "files-apart": true,
  "name-taken": true,
  "name-unusable": true,
  "file-unreadable": true,
  "file-large": true,
  "may-not-write": true,
  "file-away": true,
  "picture-unsupported": true,
  "disk-full": true,
  "store-busy": true,
  "store-newer": true,
  "store-damaged": true,
  "file-removed": true,
  "file-gone": true,
  "no-other-app": true,
  "store-moved": true,
};

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERROR_CODES, value);
}

/** A failure from its code and details; null for anything that is no code of ours. */
export function readError(code: unknown, details: unknown): CoreError | null {
  if (!isErrorCode(code)) return null;
  return isDetails(code, details)
    ? new CoreError(code, details)
    : new CoreError("internal", { report: "-" });
}

/** The two ends are one build and the core is trusted: details are taken to be those of their code. */
function isDetails<C extends ErrorCode>(
  _code: C,
  details: unknown,
): details is ErrorDetails[C] {
  return isObject(details);
}
