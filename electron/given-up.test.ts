import { expect, test } from "vitest";
import { askAfterGivingUp } from "./given-up.ts";

async function ask(code: string | null, response: number) {
  const shown: unknown[] = [];
  const chosen: string[] = [];
  await askAfterGivingUp(
    {
      showMessageBox: (...args: unknown[]) => {
        shown.push(args.at(-1));
        return Promise.resolve({ response, checkboxChecked: false });
      },
    },
    code,
    {
      again: () => chosen.push("again"),
      quit: () => chosen.push("quit"),
    },
  );
  return { shown, chosen };
}

test("the window says whether anything is lost, and offers to try again", async () => {
  const { shown, chosen } = await ask(null, 0);
  expect(JSON.stringify(shown)).toContain("Everything you saved is still");
  expect(chosen).toEqual(["again"]);
});

test("a data folder in use has its own words", async () => {
  const { shown, chosen } = await ask("store-busy", 1);
  expect(shown).toMatchObject([{ message: "Commonplace is running already." }]);
  expect(chosen).toEqual(["quit"]);
});
