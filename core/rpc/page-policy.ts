/**
 * What the page may do, in both shells: load its own files, talk to its own
 * core, and nothing else. No inline script or style, no other origin, no frame.
 *
 * @param connect further sources of `connect-src`, beside the page's own origin
 */
export function pagePolicy(connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    // The one way to name a worker; nothing else of the page may make code of text.
    "trusted-types own-worker",
  ].join("; ");
}

/** Headers of every answer of a shell, whatever it holds. */
export const COMMON_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  // Files may be private; the browser's own cache is no place for them.
  "Cache-Control": "no-store",
} as const;

/** Types of the interface's own files, by their ending. */
const PAGE_TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  webp: "image/webp",
  woff2: "font/woff2",
  json: "application/json",
  map: "application/json",
  txt: "text/plain; charset=utf-8",
};

/** The media type of one of the interface's own files. */
export function pageType(path: string): string {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  return Object.hasOwn(PAGE_TYPES, ending)
    ? (PAGE_TYPES[ending] ?? "application/octet-stream")
    : "application/octet-stream";
}
