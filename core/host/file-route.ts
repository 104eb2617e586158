import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isCoreError } from "#core/contract/errors.ts";
import { STALLED_FRAME_MS } from "#core/contract/limits.ts";
import type { FileSource } from "#core/core-port.ts";
import { answerFile } from "./file-answer.ts";
import { respond } from "./respond.ts";

/** Files streamed at a time; a browser opens six to one place. */
const OPEN_FILES = 64;

export interface FileRequest {
  readonly root: string;
  readonly name: string;
}

/** Streams files to a page that has shown its cookie. */
export function createFileRoute(
  files: FileSource,
  stallMs = STALLED_FRAME_MS,
): (
  asked: FileRequest,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> {
  let open = 0;
  return async (asked, request, response) => {
    if (open >= OPEN_FILES) {
      respond(response, 503, { "Retry-After": "1" });
      return;
    }
    open++;
    const gone = new AbortController();
    response.on("close", () => {
      gone.abort();
    });
    try {
      const { status, headers, body } = await answerFile(
        files,
        { ...asked, range: request.headers.range },
        gone.signal,
      );
      response.writeHead(status, headers);
      if (body === null || request.method === "HEAD") {
        response.end();
        return;
      }
      // A reader or a source that stops for long is let go; players ask again for the rest.
      response.setTimeout(stallMs, () => {
        response.destroy();
      });
      await pipeline(Readable.from(body, { objectMode: false }), response);
    } catch (error) {
      // The reader left, or whoever had the rest of it: nothing of ours failed.
      if (!gone.signal.aborted && !isCoreError(error)) throw error;
      response.destroy();
    } finally {
      open--;
      gone.abort();
    }
  };
}
