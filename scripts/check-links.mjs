// What the documents point to is there: links between them, and files they name.
import { existsSync, readFileSync } from "node:fs";
import { listFiles } from "./files.mjs";
import { targetsOf } from "./document-links.mjs";

let count = 0;
const documents = listFiles().filter((path) => path.endsWith(".md"));
for (const path of documents) {
  for (const target of targetsOf(readFileSync(path, "utf8"), path)) {
    if (existsSync(target)) continue;
    count++;
    console.log(`${path}: there is no ${target}`);
  }
}
console.log(`${documents.length} documents read; ${count} problems`);
process.exitCode = count === 0 ? 0 : 1;
