// Reads rule numbers out of the protocol and out of the names of tests.

const KINDS = "ID|SP|EN|DU|ME|IN|FI|LI|HO";
const RULE = new RegExp(`^- \\*\\*((?:${KINDS})\\d+)\\*\\*( \\(not yet\\))?`);
const NUMBER = new RegExp(
  `\\b(${KINDS})(\\d+)(?:[–-](?:\\1)?(\\d+))?(?!\\w)`,
  "g",
);
const NAME =
  /(?:\b(?:test|it|describe)(?:\.\w+)*|\))\s*\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g;

/**
 * @typedef {{ readonly number: string, readonly inForce: boolean }} Rule
 * @typedef {{ readonly path: string, readonly name: string }} TestName
 */

/**
 * The rules of a protocol document, in its order.
 * @param {string} markdown
 * @returns {readonly Rule[]}
 */
export function rulesOf(markdown) {
  return markdown.split("\n").flatMap((line) => {
    const found = RULE.exec(line);
    return found?.[1] === undefined
      ? []
      : [{ number: found[1], inForce: found[2] === undefined }];
  });
}

/**
 * The names of the tests in a test file.
 * @param {string} code
 * @returns {readonly string[]}
 */
export function testNamesOf(code) {
  return [...code.matchAll(NAME)].map((found) => found[2] ?? "");
}

/**
 * The rule numbers in a text; `ME3–ME5` and `ME3–5` are three.
 * @param {string} text
 * @returns {readonly string[]}
 */
export function numbersIn(text) {
  return [...text.matchAll(NUMBER)].flatMap(([, kind = "", from, to]) => {
    const first = Number(from);
    const last = to === undefined ? first : Number(to);
    return Array.from(
      { length: Math.max(1, last - first + 1) },
      (_, index) => `${kind}${first + index}`,
    );
  });
}

/**
 * What is wrong, a sentence each.
 * @param {readonly Rule[]} rules
 * @param {readonly TestName[]} names
 * @returns {readonly string[]}
 */
export function protocolProblems(rules, names) {
  const known = new Map(rules.map((rule) => [rule.number, rule]));
  const shown = new Set(names.flatMap(({ name }) => numbersIn(name)));
  return [
    ...rules
      .filter(
        (rule, index) =>
          rules.findIndex((other) => other.number === rule.number) !== index,
      )
      .map((rule) => `${rule.number} is there twice`),
    ...rules
      .filter((rule) => rule.inForce && !shown.has(rule.number))
      .map((rule) => `${rule.number} is in force and no test carries it`),
    ...rules
      .filter((rule) => !rule.inForce && shown.has(rule.number))
      .map(
        (rule) =>
          `${rule.number} is marked "not yet" and a test carries it: ${carriers(rule.number, names)}`,
      ),
    ...[...shown]
      .filter((number) => !known.has(number))
      .map(
        (number) =>
          `no rule ${number}, which a test names: ${carriers(number, names)}`,
      ),
  ];
}

/** @param {string} number @param {readonly TestName[]} names */
function carriers(number, names) {
  return names
    .filter(({ name }) => numbersIn(name).includes(number))
    .map(({ path }) => path)
    .join(", ");
}
