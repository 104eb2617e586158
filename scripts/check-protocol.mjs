// Each rule of docs/protocol.md that is in force has a test that carries its
// number, and no test carries the number of a rule that is not there.
import { readFileSync } from "node:fs";
import { listFiles } from "./files.mjs";
import { protocolProblems, rulesOf, testNamesOf } from "./protocol-rules.mjs";

const rules = rulesOf(readFileSync("docs/protocol.md", "utf8"));
const tests = listFiles().filter((path) => /\.(test|spec)\.tsx?$/.test(path));
const names = tests.flatMap((path) =>
  testNamesOf(readFileSync(path, "utf8")).map((name) => ({ path, name })),
);
const problems = protocolProblems(rules, names);
for (const problem of problems) console.log(problem);
const inForce = rules.filter((rule) => rule.inForce).length;
console.log(
  `${inForce} rules in force, ${rules.length - inForce} not yet; ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
