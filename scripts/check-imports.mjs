// The import table of ARCHITECTURE.md holds.
import { readFileSync } from "node:fs";
import { listFiles } from "./files.mjs";
import { importProblems } from "./import-problems.mjs";
import { readImports } from "./read-imports.mjs";

const sources = listFiles().filter((path) => /[.][cm]?[jt]sx?$/.test(path));
const imports = sources.flatMap((path) => readImports(path));
const problems = importProblems(
  imports,
  JSON.parse(readFileSync("package.json", "utf8")),
);
for (const problem of problems) console.log(problem);
console.log(
  `${imports.length} imports of ${sources.length} files read; ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
