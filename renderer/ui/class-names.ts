/** Joins class names; empty ones fall out. */
export function cx(...names: readonly (string | false | null)[]): string {
  return names.filter((name) => name !== false && name !== null).join(" ");
}
