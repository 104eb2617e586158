import { randomBytes } from "node:crypto";
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";

const MIB = 1024 * 1024;

/** One file of bytes that nothing can squeeze, synced to the disk. */
export async function makeBigFile(path: string, bytes: number): Promise<void> {
  const file = await open(path, "w");
  try {
    for (let at = 0; at < bytes; at += 8 * MIB)
      await file.write(randomBytes(Math.min(8 * MIB, bytes - at)));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Small files, a hundred in a folder if nothing else is said, no two alike. Answers with their paths. */
export async function makeSmallFiles(
  folder: string,
  count: number,
  bytes: number,
  perFolder = 100,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (let at = 0; at < count; at += 100) {
    const number = String(Math.floor(at / perFolder)).padStart(3, "0");
    const inside = join(folder, `folder-${number}`);
    await mkdir(inside, { recursive: true });
    const here = Array.from({ length: Math.min(100, count - at) }, (_, n) =>
      join(inside, `file-${String((at % perFolder) + n).padStart(2, "0")}.bin`),
    );
    await Promise.all(here.map((path) => writeFile(path, randomBytes(bytes))));
    paths.push(...here);
  }
  return paths;
}
