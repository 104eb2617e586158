import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Random } from "#core/base/random.ts";

/** 256 bits: nobody guesses it, at any rate. */
const SECRET_BYTES = 32;

/** A secret of one run, fit for an address, a header and a cookie. */
export function createSecret(random: Random): string {
  return random.bytes(SECRET_BYTES).toString("base64url");
}

/** Compares in a time that tells nothing of the secret, its length included. */
export function isSecret(secret: string, guess: unknown): boolean {
  if (typeof guess !== "string" || guess.length > 256) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(secret), digest(guess));
}

/**
 * Whether a request names this host, exactly. A page of another site that had
 * its own name lead to 127.0.0.1 (rebinding) sends that name and gets nothing.
 */
export function isOwnHost(
  headers: IncomingHttpHeaders,
  address: string,
): boolean {
  return headers.host === address;
}

/**
 * Whether a request comes from our own page. Reads may come without an origin
 * (the browser sends none for pictures and for typed addresses); whatever
 * changes something must name it.
 */
export function isOwnOrigin(
  headers: IncomingHttpHeaders,
  address: string,
  mayBeMissing: boolean,
): boolean {
  if (headers.origin === undefined) return mayBeMissing;
  return headers.origin === `http://${address}`;
}

/**
 * Whether the browser says that another place asked. Not sent by every client,
 * so it only ever refuses: other ports of this computer are other places.
 */
export function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}

/** One cookie of a request. */
export function readCookie(
  headers: IncomingHttpHeaders,
  name: string,
): string | null {
  for (const part of (headers.cookie ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name)
      return part.slice(at + 1).trim();
  }
  return null;
}

/** The token of an `Authorization: Bearer` header. */
export function readBearer(headers: IncomingHttpHeaders): string | null {
  const match = /^Bearer ([\w-]{1,256})$/.exec(headers.authorization ?? "");
  return match?.[1] ?? null;
}
