import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { collectLinks } from "./link-inbox.ts";

function openInbox(args: readonly string[] = []) {
  const app = new EventEmitter();
  let wanted = 0;
  const inbox = collectLinks({
    args,
    app,
    onWanted: () => wanted++,
  });
  const event = { preventDefault: () => undefined };
  return {
    inbox,
    second: (...later: string[]) => app.emit("second-instance", event, later),
    openUrl: (url: string) => app.emit("open-url", event, url),
    wanted: () => wanted,
  };
}

test("links wait for the page, in order, and are handed over once", () => {
  const { inbox, second, openUrl } = openInbox(["app", "commonplace:a"]);
  openUrl("commonplace:b");
  second("app", "--x", "commonplace:c");
  const taken: string[] = [];
  inbox.take((link) => taken.push(link));
  expect(taken).toEqual(["commonplace:a", "commonplace:b", "commonplace:c"]);
  openUrl("commonplace:d");
  inbox.hold();
  openUrl("commonplace:e");
  expect(taken).toHaveLength(4);
  inbox.take((link) => taken.push(link));
  expect(taken.at(-1)).toBe("commonplace:e");
});

test("a second start asks for the window, with a link or without", () => {
  const { second, wanted, inbox } = openInbox();
  second("app");
  second("app", "javascript:alert(1)", "https://example.org");
  expect(wanted()).toBe(2);
  const taken: string[] = [];
  inbox.take((link) => taken.push(link));
  expect(taken).toEqual([]);
});

test("no more than 16 links wait", () => {
  const { second, inbox } = openInbox();
  for (let i = 0; i < 1000; i++) second(`commonplace:${String(i)}`);
  const taken: string[] = [];
  inbox.take((link) => taken.push(link));
  expect(taken).toHaveLength(16);
  expect(taken.at(-1)).toBe("commonplace:999");
});
