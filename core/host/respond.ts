import type { ServerResponse } from "node:http";
import { COMMON_HEADERS, pagePolicy } from "#core/rpc/page-policy.ts";

/** Answers once, with the headers that every answer carries. */
export function respond(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Buffer = "",
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    ...COMMON_HEADERS,
    "Content-Security-Policy": pagePolicy(),
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(body);
}

export function respondJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  respond(
    response,
    status,
    { "Content-Type": "application/json", ...headers },
    JSON.stringify(value),
  );
}
