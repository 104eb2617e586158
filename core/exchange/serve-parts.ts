import type { Logger } from "#core/base/logger.ts";
import type { Naming } from "#core/files/model.ts";
import type { Session } from "#core/spaces/session.ts";
import type { ContentReader } from "./content-reader.ts";
import type { GivenCounts } from "./serve-queue.ts";
import type { Part } from "./wire.ts";

/** What serving one end takes, over the line or a bulk lane. */
export interface ServeParts {
  readonly session: Pick<Session, "common" | "fault">;
  readonly naming: Naming;
  readonly reader: ContentReader;
  readonly logger: Logger;
  /** What was given of late, on all lines; counted where reading has a limit. */
  readonly counts?: GivenCounts;
  /** A part was handed to the line or lane. */
  readonly onGave?: (part: Part) => void;
}

/** Looks up together what one message asks for, before it is gone through part by part. */
export function lookUpAsked(
  { naming, reader }: Pick<ServeParts, "naming" | "reader">,
  asked: readonly Part[],
): void {
  if (asked.length <= 1) return;
  const roots = [...new Set(asked.map(({ root }) => root))];
  naming.lookUp?.(roots);
  reader.lookUp?.(roots);
}
