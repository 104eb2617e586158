import { join } from "node:path";
import { COMMON_HEADERS, pagePolicy, pageType } from "#core/rpc/page-policy.ts";
import { isOwnPage } from "./origin.ts";

/** A part of a path of our own files: no dots alone, no separators, nothing encoded. */
const PATH = /^\/(?:[\w-]+\/)*[\w-][\w.-]*$/;

export interface FileAsked {
  readonly root: string;
  readonly name: string;
  readonly range: string | null;
}

export interface PageProtocolOptions {
  /** The built interface. */
  readonly pageFolder: string;
  readonly readFile: (path: string) => Promise<Buffer>;
  /** A file of the person's, from the core; null when there is no core now. */
  readonly openFile: (
    asked: FileAsked,
    isHead: boolean,
  ) => Promise<Response> | null;
}

/** Answers `app://bundle/…`: the interface's own files, and files by content under `/file/`. */
export function createPageProtocol(
  options: PageProtocolOptions,
): (request: Request) => Promise<Response> {
  const { pageFolder, readFile, openFile } = options;

  async function page(path: string, isHead: boolean): Promise<Response> {
    const name = path === "/" ? "/index.html" : path;
    if (!PATH.test(name)) return refuse(404);
    try {
      const bytes = await readFile(join(pageFolder, name));
      return new Response(isHead ? null : new Uint8Array(bytes), {
        headers: {
          ...COMMON_HEADERS,
          "Content-Type": pageType(name),
          "Content-Security-Policy": pagePolicy(),
        },
      });
    } catch {
      return refuse(404);
    }
  }

  return async (request) => {
    const { method, headers, url } = request;
    if (!isOwnPage(url)) return refuse(403);
    if (method !== "GET" && method !== "HEAD") return refuse(405);
    const { pathname, searchParams } = new URL(url);
    const isHead = method === "HEAD";
    if (!pathname.startsWith("/file/")) return await page(pathname, isHead);
    const asked = {
      root: pathname.slice("/file/".length),
      name: searchParams.get("name") ?? "",
      range: headers.get("Range"),
    };
    return (await openFile(asked, isHead)) ?? refuse(503);
  };
}

function refuse(status: number): Response {
  return new Response(null, {
    status,
    headers: { ...COMMON_HEADERS, "Content-Security-Policy": pagePolicy() },
  });
}
