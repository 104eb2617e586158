// Adds to the lockfile the binaries of other systems that npm left out because
// the registry it was made with did not serve them. Without these entries
// `npm ci` refuses the lockfile everywhere. Run it after changing packages.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} Entry */

const SYSTEMS = /(android|darwin|freebsd|linux|openharmony|win32)/;
const PROCESSORS = /-(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64)/;

/**
 * The entries that are missing, by their place in the lockfile.
 * @param {Readonly<Record<string, Entry>>} packages
 * @returns {Record<string, Entry>}
 */
export function missingEntries(packages) {
  /** @type {Record<string, Entry>} */
  const missing = {};
  for (const [place, { optionalDependencies = {}, dev }] of Object.entries(
    packages,
  )) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const os = SYSTEMS.exec(name)?.[1];
      if (os === undefined || isThere(packages, place, name)) continue;
      const cpu = PROCESSORS.exec(name)?.[1];
      missing[`node_modules/${name}`] = {
        version,
        ...(cpu === undefined ? {} : { cpu: [cpu] }),
        ...(dev === true ? { dev } : {}),
        ...(os === "linux" && /musl|gnu/.test(name)
          ? { libc: [name.includes("musl") ? "musl" : "glibc"] }
          : {}),
        optional: true,
        os: [os],
      };
    }
  }
  return missing;
}

/**
 * Whether a package would find another one from its place.
 * @param {Readonly<Record<string, Entry>>} packages
 * @param {string} place
 * @param {string} name
 */
function isThere(packages, place, name) {
  for (let at = place; ; at = at.slice(0, at.lastIndexOf("node_modules/"))) {
    const base = at === "" || at.endsWith("/") ? at : `${at}/`;
    if (`${base}node_modules/${name}` in packages) return true;
    if (!at.includes("node_modules/")) return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL("../package-lock.json", import.meta.url));
  const lock = JSON.parse(readFileSync(path, "utf8"));
  const missing = missingEntries(lock.packages);
  lock.packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) =>
      a.localeCompare(b, "en"),
    ),
  );
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${Object.keys(missing).length} entries added`);
}
