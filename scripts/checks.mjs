// The quick checks, shared by `npm run check` and `npm test`.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runCommand, tool } from "./steps.mjs";

const LAYERS = [
  "core/contract",
  "core/rpc",
  "core",
  "cli",
  "electron",
  "renderer",
  "renderer/tsconfig.test.json",
  "e2e",
  "bench",
  "scripts",
];

/** @param {ReturnType<typeof import("./steps.mjs").createSteps>} steps */
export async function runChecks({ step }) {
  await step("lint", () =>
    runCommand(tool("oxlint"), [
      "--type-aware",
      "--deny-warnings",
      "--report-unused-disable-directives",
    ]),
  );
  await step("types, each layer", async () => {
    let ok = true;
    for (const layer of LAYERS) {
      const file = layer.endsWith(".json") ? layer : `${layer}/tsconfig.json`;
      if (!existsSync(join(ROOT, file))) continue;
      ok = (await runCommand(tool("tsc"), ["-p", layer])) && ok;
    }
    return ok;
  });
  await step("format", () =>
    runCommand(tool("prettier"), [
      "--check",
      "--log-level=warn",
      "--cache",
      "--cache-strategy=content",
      "--cache-location=node_modules/.cache/prettier/check",
      ".",
    ]),
  );
  for (const [name, script] of [
    ["import rules", "check-imports.mjs"],
    ["protocol rules have tests", "check-protocol.mjs"],
    ["words of the interface", "check-words.mjs"],
    ["reasons for dependencies", "check-dependencies.mjs"],
    ["links in the documents", "check-links.mjs"],
  ]) {
    await step(name ?? "", () =>
      runCommand(process.execPath, [`scripts/${script ?? ""}`]),
    );
  }
}
