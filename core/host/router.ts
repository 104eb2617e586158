import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { FileSource } from "#core/core-port.ts";
import { pagePolicy } from "#core/rpc/page-policy.ts";
import { createFileRoute } from "./file-route.ts";
import {
  createSecret,
  isFromElsewhere,
  isOwnHost,
  isOwnOrigin,
  isSecret,
  readBearer,
  readCookie,
} from "./guard.ts";
import type { Launches } from "./launches.ts";
import type { PageFiles } from "./page-files.ts";
import { respond, respondJson } from "./respond.ts";
import { createUploadRoute } from "./upload-route.ts";
import type { UploadOptions } from "./upload.ts";

export interface RouterOptions {
  readonly files: FileSource;
  readonly uploads: UploadOptions;
  readonly pageFiles: PageFiles;
  readonly random: Random;
  readonly logger: Logger;
  readonly token: string;
  readonly launches: Launches;
  /** `127.0.0.1:port`, as every request must name it. */
  readonly address: string;
}

/**
 * Answers the host's plain requests: the interface's own files to anybody who
 * names this host rightly; a session for the token; files for the session's
 * cookie; uploads for the token. Everything else is refused, without a word of
 * what is there.
 */
export function createRouter(
  options: RouterOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { address, token, random, pageFiles, logger } = options;
  const port = address.slice(address.indexOf(":") + 1);
  // The cookie lives under a path nobody else knows: other ports of this
  // computer count as the same site, and would be sent it otherwise.
  const filePath = `/file/${createSecret(random)}/`;
  const cookieName = `commonplace-${port}`;
  const cookie = createSecret(random);
  const policy = pagePolicy([`ws://${address}`]);
  const file = createFileRoute(options.files);
  const upload = createUploadRoute(options.uploads);

  async function page(path: string, response: ServerResponse): Promise<void> {
    const found = pageFiles.get(path);
    if (found !== undefined)
      respond(
        response,
        200,
        { "Content-Type": found.type, "Content-Security-Policy": policy },
        await found.read(),
      );
    else if (pageFiles.size === 0 && path === "/")
      respond(response, 503, {}, "The interface is not built: npm run build");
    else respond(response, 404);
  }

  /** Reads: the page's own files, and files of the person's for the cookie. */
  async function read(
    target: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { headers } = request;
    if (!target.pathname.startsWith("/file/")) {
      await page(target.pathname, response);
      return;
    }
    const isKnown =
      target.pathname.startsWith(filePath) &&
      !isFromElsewhere(headers) &&
      isSecret(cookie, readCookie(headers, cookieName));
    if (!isKnown) {
      respond(response, 403);
      return;
    }
    const root = target.pathname.slice(filePath.length);
    const name = target.searchParams.get("name") ?? "";
    await file({ root, name }, request, response);
  }

  /** Acts: our own page only (its origin is checked before), with the token in a header that no form can send. */
  async function act(
    target: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const bearer = readBearer(request.headers);
    if (target.pathname === "/launch" && options.launches.take(bearer))
      respondJson(response, 200, { token });
    else if (!isSecret(token, bearer))
      respond(response, 403, { Connection: "close" });
    else if (target.pathname === "/session")
      respondJson(
        response,
        200,
        { files: filePath },
        {
          "Set-Cookie": `${cookieName}=${cookie}; Path=${filePath}; HttpOnly; SameSite=Strict`,
        },
      );
    else if (target.pathname === "/upload")
      await upload(target.searchParams.get("name") ?? "", request, response);
    else respond(response, 404);
  }

  async function route(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { method, headers } = request;
    const target = readTarget(request.url, address);
    if (
      target === null ||
      !isOwnHost(headers, address) ||
      !isOwnOrigin(headers, address, method !== "POST")
    )
      respond(response, 403, { Connection: "close" });
    else if (method === "GET" || method === "HEAD")
      await read(target, request, response);
    else if (method === "POST") await act(target, request, response);
    else respond(response, 405, { Allow: "GET, HEAD, POST" });
  }

  return async (request, response) => {
    try {
      await route(request, response);
    } catch (error) {
      logger.bug(error, "a request");
      if (response.headersSent) response.destroy();
      else respond(response, 500);
    }
  };
}

/** A request's path and query; null for anything else, such as another site's address asked of a proxy. */
function readTarget(url: string | undefined, address: string): URL | null {
  if (url === undefined || !url.startsWith("/")) return null;
  const base = `http://${address}`;
  if (!URL.canParse(url, base)) return null;
  const target = new URL(url, base);
  return target.host === address ? target : null;
}
