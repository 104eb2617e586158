/** The page's own scheme and host. */
export const PAGE_SCHEME = "app";
export const PAGE_HOST = "bundle";
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/**
 * Whether an address is our own page's. Scheme and host are compared one by
 * one: `URL.origin` is "null" for every scheme of one's own.
 */
export function isOwnPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return (
    protocol === `${PAGE_SCHEME}:` &&
    host === PAGE_HOST &&
    username === "" &&
    password === ""
  );
}

/** Whether a request may leave the page: to its own files, and to what it made itself. Everything else is the web. */
export function isOwnRequest(url: string): boolean {
  return (
    isOwnPage(url) ||
    url.startsWith("data:") ||
    url.startsWith(`blob:${PAGE_SCHEME}://${PAGE_HOST}/`) ||
    url.startsWith("devtools://")
  );
}
