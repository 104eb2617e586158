/** Where a tab of the browser host keeps its token, so that a reload works. Gone with the tab. */
const TOKEN_KEY = "commonplace-token";

/** What a tab was opened with. */
export interface Opening {
  /** Null in a tab that was opened without one: it may see nothing. */
  readonly token: string | null;
  /** A link to show, handed over with the address. */
  readonly link: string | null;
}

export type TokenWindow = {
  readonly location: Pick<Location, "hash" | "pathname">;
  readonly history: Pick<History, "replaceState">;
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem">;
};

/** Reads the token from the address, takes it out of there at once, and remembers it for this tab. */
export function takeOpening(window: TokenWindow): Opening {
  const { location, history, sessionStorage } = window;
  const fields = new URLSearchParams(location.hash.slice(1));
  const token = fields.get("token");
  const link = fields.get("link");
  if (token !== null) {
    sessionStorage.setItem(TOKEN_KEY, token);
    history.replaceState(null, "", location.pathname);
  }
  return { token: token ?? sessionStorage.getItem(TOKEN_KEY), link };
}
