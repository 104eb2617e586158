// Reads the imports of source files, types included.
import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { posix } from "node:path";
import { parseSync } from "@swc/core";

/** @typedef {import("./import-rules.mjs").Import} Import */

const BUILTIN = new Set(builtinModules);

/**
 * All imports of one file: `import`, `export … from`, `import()`, `require()`,
 * and `import("…")` in a type.
 * @param {string} path from the project's root
 * @returns {readonly Import[]}
 */
export function readImports(path) {
  const isTypeScript = /[.][cm]?tsx?$/.test(path);
  const tree = parseSync(
    readFileSync(path, "utf8"),
    isTypeScript
      ? { syntax: "typescript", tsx: path.endsWith("x") }
      : { syntax: "ecmascript", jsx: path.endsWith("x") },
  );
  /** @type {Import[]} */
  const found = [];
  visit(tree, (specifier, typeOnly) => {
    found.push({ from: path, to: resolve(path, specifier), typeOnly });
  });
  return found;
}

/** @param {any} node @param {(specifier: string, typeOnly: boolean) => void} add */
function visit(node, add) {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, add);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      if (node.source) add(node.source.value, isTypeOnly(node));
      break;
    case "TsImportType":
      add(node.argument.value, true);
      break;
    case "TsExternalModuleReference":
      add(node.expression.value, false);
      break;
    case "CallExpression": {
      const argument = node.arguments[0]?.expression;
      const isImport =
        node.callee.type === "Import" || node.callee.value === "require";
      if (isImport && argument?.type === "StringLiteral")
        add(argument.value, false);
      break;
    }
    default:
  }
  for (const value of Object.values(node)) visit(value, add);
}

/** @param {any} node */
function isTypeOnly(node) {
  if (node.typeOnly) return true;
  const names = node.specifiers ?? [];
  return (
    names.length > 0 &&
    names.every((/** @type {any} */ name) => name.isTypeOnly)
  );
}

/** @param {string} from @param {string} specifier */
function resolve(from, specifier) {
  if (/^[.][.]\/[.][.]\//.test(specifier) && !from.startsWith("e2e/"))
    return `climb:${specifier}`;
  if (specifier.startsWith("."))
    return ours(posix.join(posix.dirname(from), specifier), specifier);
  const inside = /^#(core|renderer)\/(.*)$/.exec(specifier);
  if (inside !== null)
    return ours(`${inside[1] ?? ""}/${inside[2] ?? ""}`, specifier);
  if (specifier.startsWith("node:")) return specifier;
  if (BUILTIN.has(specifier)) return `node:${specifier}`;
  const [scope = "", name = ""] = specifier.split("/");
  return `package:${scope.startsWith("@") ? `${scope}/${name}` : scope}`;
}

/** @param {string} path @param {string} specifier */
function ours(path, specifier) {
  const file = path.replace(/[?].*$/, "");
  return existsSync(file) ? file : `lost:${specifier}`;
}
