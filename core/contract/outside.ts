/** There wherever this runs, though neither Node's types nor the browser's are here. */
declare const URL: {
  canParse(text: string): boolean;
  new (text: string): {
    readonly protocol: string;
    readonly username: string;
    readonly password: string;
    readonly href: string;
  };
};

const OUTSIDE_PROTOCOLS: ReadonlySet<string> = new Set([
  "https:",
  "http:",
  "mailto:",
]);

/**
 * An address that may be opened outside the app, as it will be opened: https,
 * http and mailto, without a name or password inside. Null for everything else.
 */
export function readOutside(text: string): string | null {
  if (text.length > 4096 || !URL.canParse(text)) return null;
  const address = new URL(text);
  if (!OUTSIDE_PROTOCOLS.has(address.protocol)) return null;
  if (address.username !== "" || address.password !== "") return null;
  return address.href;
}
