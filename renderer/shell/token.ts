/** Where a tab of the browser host keeps its token, so that a reload works. Gone with the tab. */
const TOKEN_KEY = "commonplace-token";

/** What a tab was opened with. */
export interface Opening {
  /** Null in a tab that was opened without one: it may see nothing. */
  readonly token: string | null;
  /** A link to show, handed over with the address. */
  readonly link: string | null;
}

export interface TokenWindow {
  readonly location: Pick<Location, "hash" | "pathname">;
  readonly history: Pick<History, "replaceState">;
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem">;
}

/**
 * Reads the token from the address, takes it out of there at once, and
 * remembers it for this tab.
 *
 * @param exchange the token for a launch code, which works once; null when it does not
 */
export async function takeOpening(
  window: TokenWindow,
  exchange: (code: string) => Promise<string | null>,
): Promise<Opening> {
  const { location, history, sessionStorage } = window;
  const fields = new URLSearchParams(location.hash.slice(1));
  const code = fields.get("launch");
  const given = fields.get("token");
  const link = fields.get("link");
  if (code !== null || given !== null)
    history.replaceState(null, "", location.pathname);
  const token = code === null ? given : await exchange(code);
  if (token !== null) sessionStorage.setItem(TOKEN_KEY, token);
  return { token: token ?? sessionStorage.getItem(TOKEN_KEY), link };
}
