import { expect, test } from "vitest";
import { readHostArguments } from "./host-options.ts";

const usual = {
  dataFolder: "/home/ana/data",
  bootstrap: null,
  loopback: false,
  open: true,
};

test("without options everything is as usual", () => {
  expect(readHostArguments(["--host"], "/home/ana/data")).toEqual(usual);
});

test("each option is read", () => {
  const args = [
    ...["--data", "/tmp/x", "--loopback", "--no-open"],
    ...["--bootstrap", "127.0.0.1:49737,[::1]:1"],
  ];
  expect(readHostArguments(args, "/d")).toEqual({
    dataFolder: "/tmp/x",
    bootstrap: ["127.0.0.1:49737", "[::1]:1"],
    loopback: true,
    open: false,
  });
});

test.each([
  [["--dta", "x"], "--dta"],
  [["--bootstrap", "example.org:1"], "example.org:1"],
  [["--bootstrap", "127.0.0.1"], "127.0.0.1"],
  [["stray"], "stray"],
])("%j is answered with a sentence that names it", (args, named) => {
  const answer = readHostArguments(args, "/d");
  expect(answer).toEqual(expect.stringContaining(named));
});
