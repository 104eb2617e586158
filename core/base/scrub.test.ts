import { expect, test } from "vitest";
import { createLogger } from "./logger.ts";
import { scrub } from "./scrub.ts";

const SECRETS = [
  "ENOENT: no such file or directory, open '/home/ana/Photos/Ben and me.jpg'",
  "EACCES: permission denied, mkdir C:\\Users\\Ana\\Photos of Ben",
  "Unexpected token 'D', \"Dear Ben, it\"... is not valid JSON",
  "connect ECONNREFUSED 192.168.1.20:41230",
  "connect EHOSTUNREACH fe80::1c2d:ff:fe00:1%eth0:4000 - Local (:::0)",
  "no device yw7yhizj6i16kq6n9gtb7963aeqdiyzspjeemk4fcs86o64zmeto",
  "bad key ebad20ecf0a4f29a04f760a456b20d6471f08a5d31f710c3e512f57bda5826f8",
  "bad box a1VyZ2VudCBub3RlIGZvciBCZW4gYW5kIEFuYQ==",
  "\\\\server\\share of Ana\\x",
  "file:///home/ana/Ben.txt is gone",
];
const WORDS =
  /ana|ben|192|fe80|1c2d|yw7y|ebad|a1Vy|server|Dear|Photos|home|Users/i;

test("M6: errors of the disk, the network and of parsers are written down without what they are about", () => {
  for (const text of SECRETS) expect(scrub(text)).not.toMatch(WORDS);
  expect(scrub(SECRETS[0] ?? "")).toContain("ENOENT: no such file");
  expect(scrub(SECRETS[3] ?? "")).toContain("ECONNREFUSED");
});

test("M6: a stack keeps where in our code it was, without the folders above it", () => {
  const stack = [
    "TypeError: x is not a function",
    "    at Object.open (file:///home/ana/app/core/files/open.ts:12:5)",
    "    at /home/ana/app/core/main.ts:3:1",
    "    at async C:\\Users\\Ana Maria\\app\\core\\late.ts:1:1",
    "    at node:internal/process/task_queues:95:5",
  ].join("\n");
  const text = scrub(stack);
  expect(text).not.toMatch(/home|ana|Users/i);
  for (const kept of [
    "open.ts:12:5",
    "main.ts:3:1",
    "late.ts:1:1",
    "TypeError",
  ])
    expect(text).toContain(kept);
});

test("M6: what is logged as a bug is scrubbed", () => {
  const lines: string[] = [];
  const logger = createLogger(
    (line) => lines.push(line),
    () => "R",
  );
  for (const text of SECRETS) logger.bug(new Error(text), "here");
  logger.bug("'Ana' is not an error", "here");
  expect(lines).toHaveLength(SECRETS.length + 1);
  expect(lines.join("\n").replaceAll("scrub.test.ts", "")).not.toMatch(WORDS);
});
