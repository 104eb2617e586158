import { describe, expect, test } from "vitest";
import { visibleTexts, wordProblems } from "./interface-words.mjs";

describe("the check of words", () => {
  test("finds what a person reads, and nothing else", () => {
    const code = `
      import { thing } from "./Some path.ts";
      export type Kind = "Not read";
      const CODES = { "local thing": 1 };
      export function Page({ name }: { readonly name: string }) {
        if (name === "peer") throw new Error("A peer is wrong");
        return (
          <section className="local remote" aria-label="Your posts">
            Waiting for <b>{name}</b>
            {\`Only \${name} has it\`}
            <input placeholder="Name" />
          </section>
        );
      }`;
    expect(visibleTexts(code)).toEqual([
      "Your posts",
      "Waiting for",
      "Only",
      "has it",
      "Name",
    ]);
  });

  test.each([
    ["Waiting for peers", 'never "peers": person, computer'],
    ["Syncing 3 files", 'never "Syncing": up to date'],
    ["Stored locally", 'never "locally": on this computer'],
    ["Invalid link", 'never "Invalid": (say what is wrong)'],
    ["Done!", "no exclamation mark"],
  ])("refuses %s", (text, problem) => {
    expect(wordProblems(text)).toEqual([problem]);
  });

  test.each([
    "Waiting for Ana",
    "On this computer",
    "Everyone who has the link",
    "Press Enter, or use the arrow keys",
    "Two versions",
    "Who can read this",
  ])("lets %s pass", (text) => {
    expect(wordProblems(text)).toEqual([]);
  });
});
