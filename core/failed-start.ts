import { scrub } from "#core/base/scrub.ts";
import type { Logger } from "#core/base/logger.ts";
import { codeOf, isDiskFull } from "#core/base/system-error.ts";
import { isCoreError } from "#core/contract/errors.ts";
import type { AppState } from "#core/contract/models.ts";

/** A start that came to nothing, as it is shown and logged: which part, and what the system said of it. */
export function failedStart(error: unknown, logger: Logger): AppState {
  if (isCoreError(error)) {
    const { code, details, cause } = error;
    const part = "part" in details ? details.part : null;
    const detail = [part, causeOf(cause)].filter((it) => it !== null);
    logger.warn("start failed", { code, detail: detail.join(": ") });
    return {
      stage: "failed",
      problem: code,
      detail: detail.length === 0 ? null : detail.join(": "),
    };
  }
  const report = logger.bug(error, "start");
  return {
    stage: "failed",
    problem: isDiskFull(error) ? "disk-full" : "store-damaged",
    detail: [causeOf(error), `report ${report}`]
      .filter((it) => it !== null)
      .join(", "),
  };
}

/** Its code and its sentence, without what comes from a person or a disk. */
function causeOf(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  const code = codeOf(cause);
  const words = scrub(cause.message.split("\n")[0] ?? "");
  return code === "" || words.startsWith(code) ? words : `${code} ${words}`;
}
