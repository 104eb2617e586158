// Holds imports against the rules, and looks for circles.
import { RULES } from "./import-rules.mjs";

/**
 * @typedef {import("./import-rules.mjs").Import} Import
 * @typedef {import("./import-rules.mjs").Manifest} Manifest
 */

/**
 * What is wrong, a line each: `rule: from → to (why)`.
 * @param {readonly Import[]} imports
 * @param {Manifest} manifest
 * @returns {readonly string[]}
 */
export function importProblems(imports, manifest) {
  const broken = imports.flatMap((found) =>
    RULES.filter((rule) => rule.breaks(found, manifest)).map(
      (rule) => `${rule.name}: ${found.from} → ${found.to} (${rule.why})`,
    ),
  );
  const circles = circlesIn(imports).map(
    (circle) =>
      `no-circles: ${circle.join(" → ")} (two files that need each other are one file, or three)`,
  );
  return [...new Set([...broken, ...circles])];
}

/**
 * Circles, each once, beginning with its first file by name.
 * @param {readonly Import[]} imports
 * @returns {readonly (readonly string[])[]}
 */
function circlesIn(imports) {
  /** @type {Map<string, string[]>} */
  const graph = new Map();
  for (const { from, to } of imports) {
    const targets = graph.get(from) ?? [];
    targets.push(to);
    graph.set(from, targets);
  }
  /** @type {Map<string, readonly string[]>} */
  const circles = new Map();
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {string[]} */
  const trail = [];
  /** @param {string} path */
  function follow(path) {
    const at = trail.indexOf(path);
    if (at >= 0) {
      const circle = trail.slice(at);
      circles.set(circle.toSorted().join(), turned(circle));
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const next of graph.get(path) ?? []) follow(next);
    trail.pop();
    done.add(path);
  }
  for (const path of [...graph.keys()].toSorted()) follow(path);
  return [...circles.values()];
}

/** @param {readonly string[]} circle */
function turned(circle) {
  const first = circle.indexOf([...circle].toSorted()[0] ?? "");
  const whole = [...circle.slice(first), ...circle.slice(0, first)];
  return [...whole, whole[0] ?? ""];
}
