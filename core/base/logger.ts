import { scrub } from "./scrub.ts";

/**
 * What happened, for whoever looks into a problem. Never holds names, texts,
 * keys, addresses or paths: only what kind of thing happened, and counts.
 */
export interface Logger {
  debug(message: string, facts?: Facts): void;
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  /** A bug of ours; answers with a report id that the interface may show. */
  bug(error: unknown, where: string): string;
  /** Runs a task nobody waits for; a throw is a bug and is logged as one. */
  background(where: string, task: Promise<unknown>): void;
}

export type Facts = Readonly<Record<string, string | number | boolean | null>>;

type Write = (line: string) => void;

/** A logger that writes one JSON line an event. */
export function createLogger(write: Write, reportId: () => string): Logger {
  function log(level: string, message: string, facts?: Facts): void {
    write(JSON.stringify({ level, message, ...facts }));
  }
  const logger: Logger = {
    debug: (message, facts) => {
      log("debug", message, facts);
    },
    info: (message, facts) => {
      log("info", message, facts);
    },
    warn: (message, facts) => {
      log("warn", message, facts);
    },
    bug(error, where) {
      const report = reportId();
      const text =
        error instanceof Error ? (error.stack ?? error.message) : String(error);
      log("bug", where, { report, text: scrub(text) });
      return report;
    },
    background(where, task) {
      task.catch((error: unknown) => {
        logger.bug(error, where);
      });
    },
  };
  return logger;
}

/** Keeps nothing. */
export const silentLogger: Logger = createLogger(
  () => undefined,
  () => "-",
);
