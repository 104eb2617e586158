import { open } from "node:fs/promises";
import * as v from "valibot";
import { codeOf, isDiskFull } from "#core/base/system-error.ts";
import { CoreError } from "#core/contract/errors.ts";
import { writeDurably } from "#core/storage/data-folder.ts";
import { sealedSchema } from "./secret-box.ts";
import { lockSchema } from "./vault-lock.ts";

const VERSION = 1;
/** What is wrong, where the file is. */
export const DAMAGED = { part: "vault.json" } as const;
/** Far above any vault; a larger file is something else. */
const FILE_BYTES = 64 * 1024;

const versionSchema = v.object({ version: v.pipe(v.number(), v.integer()) });

/** The vault as it stands on disk. On disk since 0.1. */
const fileSchema = v.strictObject({
  version: v.literal(VERSION),
  lock: lockSchema,
  /** The vault key, wrapped a second time under the recovery words. */
  words: sealedSchema,
  /** The secrets, under the vault key. */
  secrets: sealedSchema,
});
export type VaultFile = Omit<v.InferOutput<typeof fileSchema>, "version">;

/** Reads the file; null when there is none. Throws `store-newer`, `store-damaged`. */
export async function readVaultFile(path: string): Promise<VaultFile | null> {
  const text = await readText(path);
  if (text === null) return null;
  const json = parseJson(text);
  const versioned = v.safeParse(versionSchema, json);
  if (versioned.success && versioned.output.version > VERSION)
    throw new CoreError("store-newer", { version: versioned.output.version });
  const file = v.safeParse(fileSchema, json);
  if (!file.success) throw new CoreError("store-damaged", DAMAGED);
  return file.output;
}

/** Writes the file, for its owner only; a cut leaves the old one or the new one. Throws `disk-full`. */
export async function writeVaultFile(
  path: string,
  file: VaultFile,
): Promise<void> {
  try {
    await writeDurably(path, JSON.stringify({ version: VERSION, ...file }));
  } catch (error) {
    if (isDiskFull(error)) throw new CoreError("disk-full", {}, error);
    throw error;
  }
}

async function readText(path: string): Promise<string | null> {
  let handle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    if (size > FILE_BYTES) throw new CoreError("store-damaged", DAMAGED);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CoreError("store-damaged", DAMAGED, error);
  }
}
