/** A name without case and accents, for finding it by typing. */
export function plainName(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

/**
 * Orders names the way people count: "Part 2" before "Part 10", without case
 * and accents, compared byte by byte. A run of digits is written with its
 * length before it, so that a shorter number is a smaller one.
 */
export function sortKey(name: string): string {
  const counted = plainName(name).replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, "");
    return `${String.fromCharCode(0x30 + Math.min(number.length, 40))}${number}`;
  });
  // The name itself decides between names that differ in case or accents only.
  return `${counted}\u0001${name}`;
}
