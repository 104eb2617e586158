import { expect, test } from "vitest";
import { createLinks } from "./links.ts";

test("links that came early wait for the first listener, later ones go to all", () => {
  const links = createLinks();
  links.deliver("early");
  const first: string[] = [];
  const second: string[] = [];
  links.onLink((link) => first.push(link));
  const end = links.onLink((link) => second.push(link));
  links.deliver("now");
  end();
  links.deliver("later");
  expect(first).toEqual(["early", "now", "later"]);
  expect(second).toEqual(["now"]);
});
