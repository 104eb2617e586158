import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "./markdown.tsx";

const drawn = (text: string) => renderToStaticMarkup(<Markdown text={text} />);

test("marks become elements", () => {
  expect(drawn("The **pond**")).toContain("<p>The <strong>pond</strong></p>");
  expect(drawn("1. one\n2. two")).toContain(
    '<ol start="1"><li><p>one</p></li>',
  );
});

test("HTML is shown as text and never becomes an element", () => {
  const html = drawn(
    '<img src=x onerror="alert(1)"> <script>alert(2)</script>',
  );
  expect(html).not.toMatch(/<img|<script/u);
  expect(html).toContain("&lt;img");
});

test("a picture at an address is never loaded", () => {
  const html = drawn("![a cat](https://tracker.example/cat.png)");
  expect(html).not.toMatch(/<img|src=/u);
  expect(html).toContain("a cat");
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "file:///etc/passwd",
  "https://ana:pw@bank.example/",
])("a link to %s stays plain text", (address) => {
  const html = drawn(`[press](<${address}>)`);
  expect(html).not.toMatch(/role="link"|href=/u);
  expect(html).toContain("press");
});

test("a link shows the host it leads to, also when its words name another", () => {
  const html = drawn("[bank.example](https://evil.example/login)");
  expect(html).toContain("evil.example");
  expect(html).toContain('role="link"');
});

test("a bare address in the text becomes a link without its full stop", () => {
  expect(drawn("See https://fences.example/oak.")).toMatch(
    />https:\/\/fences\.example\/oak<svg/u,
  );
});

test("text between is cleaned of direction characters", () => {
  expect(drawn("pay\u202E me")).toContain("pay· me");
});

const TABLE = `| Bed | Crop | Price |
| :-- | :--: | ----: |
| 14 | **Beans** | 3.20 |
| 15 | \`a\\|b\` |
| 16 | Leek | 1.10 | too much |`;

test("a table between pipes is drawn as one, with its alignment, and rows as wide as the head", () => {
  const html = drawn(TABLE);
  expect(html).toContain('<th scope="col">Bed</th>');
  expect(html).toContain(
    '<td class="markdown__cell--center"><strong>Beans</strong></td><td class="markdown__cell--right">3.20</td>',
  );
  expect(html).toContain("<code>a|b</code>");
  expect(html).not.toContain("too much");
  expect(html.match(/<td/gu)).toHaveLength(9);
});

test("HTML in a cell is shown as text, and a link in it shows where it leads", () => {
  const html = drawn(
    "| a | b |\n|--|--|\n| <img src=x onerror=alert(1)> | [bank.example](https://evil.example) |",
  );
  expect(html).not.toMatch(/<img/u);
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(html).toContain("evil.example");
});

test("lines with pipes that are no table stay a text", () => {
  expect(drawn("either | or")).not.toContain("<table");
});

const hostile = {
  "nested quotes": ">".repeat(32_000),
  "mixed emphasis": "*_".repeat(16_000),
  "open brackets": "[".repeat(32_000),
  "crossing emphasis": "**a*".repeat(8_000),
  "nested lists": "- ".repeat(16_000),
  "a list of 8,000": "- a\n".repeat(8_000),
  "a table of 20,000 cells": `|a|b|\n|-|-|\n${"|x|y|\n".repeat(10_000)}`,
  "a table with endless columns": `${"|a".repeat(8_000)}|\n${"|-".repeat(8_000)}|`,
  "lists a level deeper each": Array.from(
    { length: 200 },
    (_, level) => `${" ".repeat(level * 2)}- a`,
  ).join("\n"),
} as const;

test.each(Object.entries(hostile))(
  "%s are drawn as they stand, at once",
  (_, text) => {
    const html = drawn(text);
    expect(html.length).toBeGreaterThan(text.length / 2);
    // Read as Markdown, each would hold the window for seconds.
    expect(html).not.toMatch(/<(?:em|strong|ul|li|blockquote|table)\b/u);
  },
);

test("an ordinary long post is still read as Markdown", () => {
  const text = Array.from(
    { length: 300 },
    (_, day) => `- **Day ${day}**: we *walked*.`,
  ).join("\n");
  expect(drawn(text)).toContain("<strong>Day 299</strong>");
});
