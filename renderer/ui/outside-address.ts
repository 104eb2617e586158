const SCHEMES: readonly string[] = ["https:", "http:", "mailto:"];

/** A web or mail address that may be opened outside, in full; null for anything else. */
export function outsideAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const address = new URL(text);
  if (!SCHEMES.includes(address.protocol)) return null;
  if (address.username !== "" || address.password !== "") return null;
  return address.href;
}

/** Whom an address leads to: the host of a web address, the mailbox of a mail address. */
export function outsideHost(address: string): string {
  const url = new URL(address);
  return url.protocol === "mailto:" ? url.pathname : url.host;
}
