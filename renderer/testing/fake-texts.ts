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

const TABLE = [
  "Name;Plot;Fee;Since;Says",
  'Torres, Ana;12;60,00;2014;"Keeps the key of the shed.\nMondays only"',
  "Okafor, Ben;7;60,00;2019;",
  'דנה לוי;31;30,00;2026;"Wants a ""north"" plot"',
] as const;

/** A table that is larger than what is shown of it. */
export function fakeTable(): string {
  const more = Array.from(
    { length: 620 },
    (_, at) => `Guest ${at + 1};${at + 40};60,00;2025;`,
  );
  const wide = [...TABLE, ...more].map(
    (line, row) =>
      line +
      Array.from({ length: 60 }, (_, at) =>
        row === 0 ? `;Month ${at + 1}` : ";5,00",
      ).join(""),
  );
  return `data:text/csv;charset=utf-8,${encodeURIComponent(wide.join("\n"))}`;
}

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
