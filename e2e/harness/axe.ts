import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const source = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

interface Finding {
  readonly id: string;
  readonly targets: readonly string[];
}

/** What axe finds on the page as it is, a line each; nothing is what we want. */
export async function accessibilityProblems(
  page: Page,
): Promise<readonly string[]> {
  await page.evaluate(source);
  await page.evaluate(settle);
  const findings: readonly Finding[] = await page.evaluate(async () => {
    // What was said to a screen reader a moment ago is no part of the page.
    const context = { exclude: "[data-live-announcer]" };
    const results = await window.axe.run(context, {
      runOnly: [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
      ],
      resultTypes: ["violations"],
    });
    return results.violations.map((violation) => ({
      id: violation.id,
      targets: violation.nodes.map(
        (node) =>
          `${String(node.target)} ${(node.failureSummary ?? "").replace(/\s+/g, " ")}`,
      ),
    }));
  });
  return findings.map(({ id, targets }) => `${id}: ${targets.join(" | ")}`);
}

/** Brings all that moves to its end; a colour halfway to another is no colour of ours. */
function settle(): void {
  for (const animation of document.getAnimations()) {
    const { endTime } = animation.effect?.getComputedTiming() ?? {};
    if (endTime !== Infinity) animation.finish();
  }
}
