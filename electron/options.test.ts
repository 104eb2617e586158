import fc from "fast-check";
import { expect, test } from "vitest";
import { LINK_CHARACTERS } from "#core/contract/limits.ts";
import { isLink, readLinks, readOptions } from "./options.ts";

test("without options everything is as usual", () => {
  expect(readOptions(["--no-sandbox", "."], "/home/ana/data")).toEqual({
    dataFolder: "/home/ana/data",
    hasOwnFolder: false,
    bootstrap: null,
    loopback: false,
  });
});

test("a folder, nodes and loopback may be named", () => {
  const args = ["--data=/tmp/x", "--bootstrap=127.0.0.1:1,127.0.0.1:2"];
  expect(readOptions([...args, "--loopback"], "/d")).toEqual({
    dataFolder: "/tmp/x",
    hasOwnFolder: true,
    bootstrap: ["127.0.0.1:1", "127.0.0.1:2"],
    loopback: true,
  });
});

test("links are found among other arguments", () => {
  const link = "commonplace:yry4depbwgo4";
  const args = ["/opt/commonplace", "--no-sandbox", link, "x"];
  expect(readLinks(args)).toEqual([link]);
  expect(isLink("commonplace://yry4depbwgo4/")).toBe(true);
  expect(isLink("COMMONPLACE:YRY4")).toBe(true);
});

test.each([
  "commonplace:",
  "commonplace: --data=/x",
  "commonplace:a\n--loopback",
  "commonplace:a%00b",
  "commonplace:../../etc",
  "commonplace:a?b=c#d",
  "--commonplace:a",
  " commonplace:a",
  "http://commonplace:a",
])("%j is no link", (text) => {
  expect(isLink(text)).toBe(false);
});

test("a link is as long as the contract says, and no longer", () => {
  const link = "commonplace:".padEnd(LINK_CHARACTERS, "a");
  expect(isLink(link)).toBe(true);
  expect(isLink(`${link}a`)).toBe(false);
});

test("whatever the command line, what comes through has one form and is short", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string().map((text) => `commonplace:${text}`),
    fc.constantFrom("--", "-", "--data", "--bootstrap=", "--loopback=x"),
  );
  fc.assert(
    fc.property(fc.array(hostile), (args) => {
      for (const link of readLinks(args))
        expect(link).toMatch(/^commonplace:[a-z0-9/]{1,5000}$/i);
      expect(readOptions(args, "/d").dataFolder).toMatch(/^\//);
    }),
    { numRuns: 2000 },
  );
});
