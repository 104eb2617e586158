// `npm run check`: the fast part, to run before every commit.
import { runChecks } from "./checks.mjs";
import { createSteps, runVitest } from "./steps.mjs";

const steps = createSteps();
await runChecks(steps);
await steps.step("unit tests", () =>
  runVitest([
    "--exclude=**/*.net.test.ts",
    "--exclude=**/*.sim.test.ts",
    "--exclude=**/*.slow.test.ts",
  ]),
);
steps.finish();
