// Compares package.json with the table of reasons.

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const ROW = /^\| `([^`]+)` +\| (.*?) *\|$/;
const REASON_CHARACTERS = 15;

/**
 * What is wrong, a sentence each.
 * @param {{ readonly dependencies?: Readonly<Record<string, string>>, readonly devDependencies?: Readonly<Record<string, string>> }} manifest
 * @param {string} markdown
 * @returns {readonly string[]}
 */
export function dependencyProblems(manifest, markdown) {
  const wanted = Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
  });
  const names = new Set(wanted.map(([name]) => name));
  const reasons = new Map(
    markdown.split("\n").flatMap((line) => {
      const found = ROW.exec(line);
      return found?.[1] === undefined ? [] : [[found[1], found[2] ?? ""]];
    }),
  );
  return [
    ...wanted
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `${name} is not pinned exactly: ${version}`),
    ...wanted
      .filter(([name]) => (reasons.get(name) ?? "").length < REASON_CHARACTERS)
      .map(([name]) => `${name} has no reason in docs/dependencies.md`),
    ...[...reasons.keys()]
      .filter((name) => !names.has(name))
      .map((name) => `docs/dependencies.md names ${name}, which is not used`),
  ];
}
