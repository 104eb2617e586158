import { expect, test } from "vitest";
import { foreignLine, foreignText } from "./foreign-text.ts";

test("control and direction characters become a dot, breaks and tabs stay", () => {
  expect(foreignText("a\u0000b\u202Ec\u2066d\u200Fe\nf\tg")).toBe(
    "a·b·c·d·e\nf\tg",
  );
});

test("a letter keeps at most two combining marks", () => {
  expect(foreignText("o\u0301\u0302\u0303\u0304k")).toBe("o\u0301\u0302k");
});

test("joined emoji and right-to-left letters are left as they are", () => {
  expect(foreignText("👩‍🌾 שלום ❤️")).toBe("👩‍🌾 שלום ❤️");
});

test("a lone half of a character becomes a dot", () => {
  expect(foreignText("x\uD83Dy")).toBe("x·y");
});

test("a name is one line", () => {
  expect(foreignLine("Ana\r\n\tTorres")).toBe("Ana Torres");
});
