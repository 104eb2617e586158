import * as v from "valibot";
import { isCoreError } from "#core/contract/errors.ts";
import { fileRootSchema } from "#core/contract/ids.ts";
import type { FileSource } from "#core/core-port.ts";
import { COMMON_HEADERS } from "#core/rpc/page-policy.ts";
import { readRange } from "./byte-range.ts";
import { disposition, servedType } from "./inline-types.ts";

/** What is asked for: a file by content, in either shell. */
export interface FileQuestion {
  readonly root: string;
  /** The name to save it under; shown, never trusted. */
  readonly name: string;
  /** The `Range` header as it came. */
  readonly range: string | undefined;
}

export interface FileAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** Says why a file does not come: a code of `core/contract/errors.ts`. */
const PROBLEM_HEADER = "X-Problem";

const FILE_HEADERS = {
  ...COMMON_HEADERS,
  // Should a file ever be opened as a page of its own: no scripts, no origin, nothing loaded.
  "Content-Security-Policy": "sandbox; default-src 'none'",
  "Accept-Ranges": "bytes",
} as const;

function refusal(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): FileAnswer {
  return { status, headers: { ...FILE_HEADERS, ...headers }, body: null };
}

/**
 * Answers a request for a file's bytes with 200 or 206, 404 for what no space
 * names, 416 for a range outside the file, 503 when nobody in reach has it or the app is not open,
 * 507 when there is no room for it on this computer.
 * The first bytes are there before the answer is, so that a status is never
 * taken back.
 *
 * @param signal ends the fetching; the body must be read, or the signal fired
 */
export async function answerFile(
  files: FileSource,
  question: FileQuestion,
  signal: AbortSignal,
): Promise<FileAnswer> {
  const root = v.safeParse(fileRootSchema, question.root);
  if (!root.success) return refusal(404);
  const range = readRange(question.range);
  try {
    const file = await files.open(root.output, range, signal);
    if (file === null) return refusal(404);
    const { size, start, end, stream } = file;
    if (stream === null)
      return refusal(416, { "Content-Range": `bytes */${String(size)}` });
    const { type, inline } = servedType(file.mediaType);
    return {
      status: range === null ? 200 : 206,
      headers: {
        ...FILE_HEADERS,
        "Content-Type": type,
        "Content-Disposition": disposition(question.name, inline),
        "Content-Length": String(end - start),
        ...(range === null
          ? {}
          : {
              "Content-Range": `bytes ${String(start)}-${String(end - 1)}/${String(size)}`,
            }),
      },
      body: await begun(stream),
    };
  } catch (error) {
    if (!isCoreError(error)) throw error;
    // An app that is being opened or closed has them again in a moment.
    const isAway = error.code === "file-away" || error.code === "not-ready";
    const isFull = error.code === "disk-full";
    return refusal(isAway ? 503 : isFull ? 507 : 404, {
      ...(isAway ? { "Retry-After": "5" } : {}),
      // A page that asks with `fetch` can say which; a picture or a film only fails.
      [PROBLEM_HEADER]: error.code,
    });
  }
}

/** The same stream, its first piece fetched already. */
async function begun(
  stream: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
  const pieces = stream[Symbol.asyncIterator]();
  const first = await pieces.next();
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      let piece = first;
      while (piece.done !== true) {
        yield piece.value;
        piece = await pieces.next();
      }
    } finally {
      // Whoever stops reading lets go of the file, also before the end.
      await pieces.return?.();
    }
  }
  return all();
}
