import { expect, test } from "vitest";
import { isHeavyDrawing } from "./heavy-drawing.ts";

const svg = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`;

function laughs(levels: number, wrap: (inner: string) => string): string {
  const parts = Array.from(
    { length: levels },
    (_, at) =>
      `<g id="l${at + 1}">${wrap(`<use href="#l${at}"/>`.repeat(10))}</g>`,
  );
  return svg(
    `<circle id="l0"/>${parts.join("")}<use xlink:href="#l${levels}"/>`,
  );
}

test("J3: parts that use parts that use parts are seen before they are drawn", () => {
  expect(isHeavyDrawing(laughs(9, (inner) => inner))).toBe(true);
  expect(isHeavyDrawing(laughs(9, (inner) => `<!-- </g> -->${inner}`))).toBe(
    true,
  );
  expect(isHeavyDrawing(laughs(9, (inner) => `<a x=">">${inner}</a>`))).toBe(
    true,
  );
  expect(isHeavyDrawing(svg("<!ENTITY a 'b'>"))).toBe(true);
});

test("a sheet of symbols that are used often is an ordinary drawing", () => {
  const symbols = Array.from(
    { length: 20 },
    (_, at) => `<symbol id="s${at}"><path d="M0 0"/></symbol>`,
  );
  const uses = Array.from(
    { length: 600 },
    (_, at) => `<use href="#s${at % 20}" x="${at}"/>`,
  );
  expect(isHeavyDrawing(svg([...symbols, ...uses].join("")))).toBe(false);
  expect(isHeavyDrawing(laughs(3, (inner) => inner))).toBe(false);
});

test("a part that uses itself is not walked for ever", () => {
  expect(
    isHeavyDrawing(
      svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    ),
  ).toBe(false);
});
