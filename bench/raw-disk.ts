import { randomBytes } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { timed } from "./statistics.ts";

const PIECE_BYTES = 1024 * 1024;

/**
 * Milliseconds until `bytes` are written into a new file in `folder` and synced,
 * by nobody but this: what the disk itself can do on this machine in this minute.
 */
export async function rawDisk(folder: string, bytes: number): Promise<number> {
  const path = join(folder, "raw-disk");
  const piece = randomBytes(PIECE_BYTES);
  const ms = await timed(async () => {
    const file = await open(path, "wx");
    for (let at = 0; at < bytes; at += PIECE_BYTES)
      await file.write(piece, 0, Math.min(PIECE_BYTES, bytes - at), at);
    await file.datasync();
    await file.close();
  });
  await rm(path);
  return ms;
}
