// No word in the interface that a person should not have to know.
import { readFileSync } from "node:fs";
import { listFiles } from "./files.mjs";
import { visibleTexts, wordProblems } from "./interface-words.mjs";

const sources = listFiles("renderer").filter(
  (path) =>
    /\.tsx?$/.test(path) &&
    !/\.(test|d)\.tsx?$|config\.ts$|^renderer\/testing\//.test(path),
);
let count = 0;
for (const path of sources) {
  for (const text of visibleTexts(readFileSync(path, "utf8"))) {
    for (const problem of wordProblems(text)) {
      count++;
      console.log(`${path}: ${problem} — in "${text}"`);
    }
  }
}
console.log(`${sources.length} files read; ${count} problems`);
process.exitCode = count === 0 ? 0 : 1;
