// Words that a person should never read in the interface, and where they could.
import { parseSync } from "@swc/core";

/** Word (as a pattern, whole words, any case) → what to say. */
const NEVER = [
  ["users?", "person"],
  ["accounts?", "person"],
  ["peers?", "person, computer"],
  ["friends?", "contact"],
  ["nodes?", "computer"],
  ["clients?", "computer"],
  ["tickets?", "invite"],
  ["channels?", "feed"],
  ["chat ?rooms?", "conversation"],
  ["DMs?", "message"],
  ["repos?|repositor(y|ies)", "collection"],
  ["PRs?|pull requests?", "proposal"],
  ["governance", "decision"],
  ["pinned|seeded|cached?|caches", "kept"],
  ["servers?|seed box(es)?|seeders?|mirrors?", "keeper"],
  ["algorithms?|filter engine", "rule"],
  ["logs?", "posts"],
  ["cores?", "posts"],
  ["DHT", "internet"],
  ["hash(es|ed)?|hash mismatch", "check, damaged"],
  ["(public |private |secret )?keys?", "(say what it does)"],
  ["replicat(e|es|ed|ion|ing)", "copy"],
  ["sync(s|ed|ing|hronise|hronize)?", "up to date"],
  ["swarms?", "connected"],
  ["topics?", "invite"],
  ["mnemonics?|seed phrases?|seeds?", "recovery words"],
  ["fingerprints?", "safety words"],
  ["NAT|firewall type", "your network is strict"],
  ["local(ly)?", "on this computer"],
  ["remote(ly)?", "not downloaded, on Ana's computer"],
  ["conflicts?", "two versions"],
  ["delete[s]?|deleting|deleted for everyone", "remove, withdraw"],
  ["oops|please", "(leave it out)"],
  ["secure(ly)?|anonymous(ly)?", "(promise only what the app can do)"],
  ["invalid", "(say what is wrong)"],
].map(([pattern, instead]) => ({
  pattern: new RegExp(`(?<![\\w-])(${pattern ?? ""})(?![\\w-])`, "i"),
  instead: instead ?? "",
}));
/** Keys of the keyboard are keys, and one of them is called Delete. */
const KEYBOARD =
  /\b(keyboard|shortcut|press|arrow|enter|list of) ?keys?\b|^(keys|delete)$/gi;
const EXCLAMATION = /\w!(\s|$)/;

/** Attributes whose text nobody reads. */
const UNREAD = new Set([
  "className",
  "style",
  "id",
  "key",
  "role",
  "type",
  "href",
  "htmlFor",
  "d",
  "viewBox",
  "fill",
  "stroke",
  "rel",
  "target",
  "transform",
  "points",
  "slot",
  "name",
  "data-testid",
]);

/**
 * What is wrong with a text that a person may read, a sentence each.
 * @param {string} text
 * @returns {readonly string[]}
 */
export function wordProblems(text) {
  const plain = text.replace(KEYBOARD, "");
  const problems = NEVER.flatMap(({ pattern, instead }) => {
    const found = pattern.exec(plain);
    return found === null ? [] : [`never "${found[0]}": ${instead}`];
  });
  if (EXCLAMATION.test(plain)) problems.push("no exclamation mark");
  return problems;
}

/**
 * Texts of a source file that a person may read: text between tags, attributes
 * that are read out, and literals that look like words (a capital first, or a
 * space). Names of classes, imports, types and messages of errors are not.
 * @param {string} code TypeScript, with tags or without
 * @returns {readonly string[]}
 */
export function visibleTexts(code) {
  /** @type {string[]} */
  const texts = [];
  visit(parseSync(code, { syntax: "typescript", tsx: true }), texts);
  return texts;
}

/** @param {any} node @param {string[]} texts */
function visit(node, texts) {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, texts);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if (isUnread(node)) return;
  if (node.type === "JSXText") addText(node.value, true, texts);
  else if (node.type === "StringLiteral") addText(node.value, false, texts);
  else if (node.type === "TemplateElement")
    addText(node.cooked ?? "", false, texts);
  for (const [name, value] of Object.entries(node)) {
    if (name === "span" || (name === "key" && node.type !== "JSXAttribute"))
      continue;
    visit(value, texts);
  }
}

/** @param {any} node */
function isUnread(node) {
  if (/^(Ts(Type|Interface|Literal)|Import|ExportAll)/.test(node.type))
    return true;
  if (node.type === "ExportNamedDeclaration") return true;
  if (node.type === "TsLiteralType" || node.type === "TsUnionType") return true;
  if (node.type === "NewExpression")
    return (node.callee?.value ?? "").endsWith("Error");
  return (
    node.type === "JSXAttribute" &&
    UNREAD.has(node.name?.value ?? "") &&
    node.value !== null
  );
}

/** @param {string} text @param {boolean} certain @param {string[]} texts */
function addText(text, certain, texts) {
  const trimmed = text.replace(/\s+/g, " ").trim();
  if (!/\p{L}/u.test(trimmed)) return;
  if (certain || /^\p{Lu}|\s/u.test(trimmed)) texts.push(trimmed);
}
