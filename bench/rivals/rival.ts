/** What is to be copied from one disk to another, here: from folder to folder. */
export interface Job {
  /** What is copied: the files in here. */
  readonly source: string;
  /** Where they go: the files in here are compared with the source afterwards. */
  readonly target: string;
  /** Room for keys, settings and data of its own. */
  readonly scratch: string;
  readonly files: number;
  readonly bytes: number;
}

export interface Copied {
  readonly ms: number;
  /** Seconds of processor of both sides; null where it cannot be told. */
  readonly cpuSeconds: number | null;
}

/** Something that brings files from one place to another. */
export interface Rival {
  readonly name: string;
  /** Programs it needs; it is left out, and said to be, when one is missing. */
  readonly needs: readonly string[];
  /** Copies everything once. The folders `target` and `scratch` are there, and empty. */
  copy(job: Job): Promise<Copied>;
}
