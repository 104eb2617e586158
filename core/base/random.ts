import { randomBytes } from "node:crypto";

/** Randomness, handed in so that a test can repeat a run from its seed. */
export interface Random {
  /** `size` unpredictable bytes. */
  bytes(size: number): Buffer;
}

export const systemRandom: Random = { bytes: (size) => randomBytes(size) };

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

/** A random local id: lower-case letters and digits, never sent to anyone. */
export function randomId(random: Random, length = 16): string {
  let id = "";
  for (const byte of random.bytes(length)) id += ALPHABET[byte % 36] ?? "";
  return id;
}
