import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { closeBeforeQuit } from "./quit.ts";

function openApp(close: () => Promise<void>) {
  const events = new EventEmitter();
  const exits: number[] = [];
  let prevented = 0;
  closeBeforeQuit(
    {
      on: (event, listener) => events.on(event, listener),
      exit: (code) => exits.push(code),
    },
    close,
  );
  const quit = () =>
    events.emit("before-quit", { preventDefault: () => prevented++ });
  return { quit, exits, prevented: () => prevented };
}

test("the app ends when what must be closed is closed, once", async () => {
  let closes = 0;
  const { quit, exits, prevented } = openApp(() => {
    closes++;
    return Promise.resolve();
  });
  quit();
  quit();
  expect(prevented()).toBe(2);
  await vi.waitFor(() => {
    expect(exits).toEqual([0]);
  });
  expect(closes).toBe(1);
});

test("closing that fails does not keep the app", async () => {
  const { quit, exits } = openApp(() => Promise.reject(new Error("no")));
  quit();
  await vi.waitFor(() => {
    expect(exits).toEqual([0]);
  });
});
