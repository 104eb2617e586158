import { topicsAt } from "./topics.ts";

/** How much it takes to meet on a space. */
export type SpacePace =
  /** To be found at any time. */
  | "always"
  /** Whoever wants it finds us within the hour. */
  | "rarely"
  /** Those who hold it meet on another one. */
  | "never";

export interface WantedTopicsOptions {
  /** The most urgent first. */
  readonly keys: readonly {
    readonly readKey: Buffer;
    readonly pace: SpacePace;
  }[];
  readonly now: number;
}

/** The topics of the moment, and those that now and then is enough for (ME2). */
export function wantedTopics({ keys, now }: WantedTopicsOptions): {
  readonly topics: readonly Buffer[];
  readonly rarely: readonly Buffer[];
} {
  const topics: Buffer[] = [];
  const rarely: Buffer[] = [];
  function add(readKey: Buffer, pace: SpacePace): void {
    if (pace === "never") return;
    const { today, beside } = topicsAt(readKey, now);
    (pace === "always" ? topics : rarely).push(...today);
    rarely.push(...beside);
  }
  for (const { readKey, pace } of keys) add(readKey, pace);
  return { topics, rarely };
}
