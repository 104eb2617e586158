// Each direct dependency is pinned exactly and has its line of reason in docs/dependencies.md.
import { readFileSync } from "node:fs";
import { dependencyProblems } from "./dependency-reasons.mjs";

const problems = dependencyProblems(
  JSON.parse(readFileSync("package.json", "utf8")),
  readFileSync("docs/dependencies.md", "utf8"),
);
for (const problem of problems) console.log(problem);
console.log(`${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
