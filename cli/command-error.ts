/** The command line was not understood. */
export class UsageError extends Error {}

/** Ends a command with a sentence and an exit code of `EXITS`. */
export class CommandError extends Error {
  readonly exit: number;
  /** What it is called for programs; the name of the exit code when nothing says more. */
  readonly code: string;

  constructor(message: string, exit: number, code?: string) {
    super(message);
    this.exit = exit;
    this.code = code ?? nameOf(exit);
  }
}

/** What a command ends with; the larger numbers are those of sysexits.h. */
export const EXITS = {
  done: 0,
  /** The core refused, with a reason. */
  refused: 1,
  /** Not understood. */
  usage: 64,
  /** Nobody to ask: no person here, locked, or another copy holds the data. */
  unavailable: 69,
  /** A bug of ours. */
  software: 70,
  /** Not yet: somebody else must be there first. */
  later: 75,
  /** Stopped by Ctrl+C. */
  stopped: 130,
} as const;

/** What an exit code is called. */
export function nameOf(exit: number): string {
  const found = Object.entries(EXITS).find(([, one]) => one === exit);
  return found?.[0] ?? "refused";
}
