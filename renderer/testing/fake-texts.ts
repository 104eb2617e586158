const LINES = [
  "Budget of the garden association, 2027",
  "",
  "Income",
  "  Fees of 42 members         2,520.00",
  "  Spring market                380.00",
  "",
  "Spending",
  "  North fence                1,240.00",
  "  Seeds and compost            410.50",
  "  Water                        655.00",
  "  Tools                        160.00",
  "",
  "Left for next year             434.50",
] as const;

/** A text of which there are two versions, by the place its bytes have. */
export function fakeText(root: string): string {
  let mixed = 7;
  for (const letter of root)
    mixed = (mixed * 31 + (letter.codePointAt(0) ?? 0)) % 1_009;
  const isOdd = mixed % 2 === 1;
  const words = LINES.map((line) =>
    isOdd
      ? line.replace("1,240.00", "1,180.00").replace("434.50", "494.50")
      : line,
  ).join("\n");
  return `data:text/plain;charset=utf-8,${encodeURIComponent(words)}`;
}
