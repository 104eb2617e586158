import { expect, test } from "vitest";
import type { Transfer } from "#core/contract/collection-models.ts";
import { createWaitNotes, waitWords } from "./wait-notes.ts";

function notes() {
  const said: string[] = [];
  const due = new Set<() => void>();
  const told = createWaitNotes(
    {
      after(_ms, task) {
        due.add(task);
        return () => due.delete(task);
      },
    },
    { note: (text) => said.push(text) },
  );
  function pass(): void {
    for (const task of due) task();
    due.clear();
  }
  return { said, pass, ...told };
}

test("a wait that lasts is said once", () => {
  const { said, pass, see } = notes();
  see("Waits for Ana.");
  expect(said).toEqual([]);
  pass();
  see("Waits for Ana.");
  pass();
  see("Waits its turn.");
  pass();
  expect(said).toEqual(["Waits for Ana.", "Waits its turn."]);
});

test("a wait that is over soon is not said, nor one after the end", () => {
  const { said, pass, see, end } = notes();
  see("Waits for Ana.");
  see(null);
  pass();
  see("Waits for Ana.");
  end();
  pass();
  expect(said).toEqual([]);
});

test("what is waited for is named where it can be", () => {
  const words = (state: Transfer["state"], speed = 0) =>
    waitWords({ state, speed, direction: "receiving" });
  expect(words({ stage: "waiting", people: [] })).toBe(
    "Waits for somebody who has it.",
  );
  expect(words({ stage: "paused", by: "all" })).toBe(
    "It is paused in the app.",
  );
  expect(words({ stage: "running" })).toBe("Nothing comes yet.");
  expect(words({ stage: "running" }, 1)).toBeNull();
  const reading = { direction: "sharing", speed: 0 } as const;
  expect(waitWords({ ...reading, state: { stage: "running" } })).toBeNull();
});
