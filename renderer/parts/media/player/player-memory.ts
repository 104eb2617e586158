import * as v from "valibot";

const KEY = "commonplace-player";

const memorySchema = v.object({
  volume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  muted: v.boolean(),
  captions: v.boolean(),
});

/** How loud a person listens, and whether they read along. */
export type PlayerMemory = v.InferOutput<typeof memorySchema>;

const AT_FIRST: PlayerMemory = { volume: 1, muted: false, captions: true };

/** What was chosen last on this computer. */
export function recallPlayer(): PlayerMemory {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const read = v.safeParse(memorySchema, kept);
    return read.success ? read.output : AT_FIRST;
  } catch {
    return AT_FIRST;
  }
}

export function rememberPlayer(memory: PlayerMemory): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // A window that may keep nothing still plays.
  }
}
