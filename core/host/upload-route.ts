import type { IncomingMessage, ServerResponse } from "node:http";
import { isCoreError } from "#core/contract/errors.ts";
import { STALLED_FRAME_MS } from "#core/contract/limits.ts";
import { respond, respondJson } from "./respond.ts";
import { receiveUpload } from "./upload.ts";
import type { UploadOptions } from "./upload.ts";

/** Uploads under way at a time. */
const OPEN_UPLOADS = 8;

/** Takes uploads of a page that has shown the token; answers with a grant, or with an error's code and details. */
export function createUploadRoute(
  options: UploadOptions,
): (
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> {
  let open = 0;
  return async (name, request, response) => {
    if (open >= OPEN_UPLOADS) {
      respond(response, 503, { "Retry-After": "1" });
      return;
    }
    open++;
    request.setTimeout(STALLED_FRAME_MS, () => {
      request.destroy();
    });
    try {
      respondJson(response, 200, await receiveUpload(request, name, options));
    } catch (error) {
      // The page left in the middle: nothing failed.
      if (request.destroyed && !request.complete && !isCoreError(error)) return;
      if (!isCoreError(error)) throw error;
      const { code, details } = error;
      const status = code === "file-large" ? 413 : 507;
      respondJson(response, status, { code, details }, { Connection: "close" });
    } finally {
      open--;
    }
  };
}
