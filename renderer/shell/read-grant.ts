import { safeParse } from "valibot";
import { CoreError } from "#core/contract/errors.ts";
import { grantIdSchema } from "#core/contract/ids.ts";
import type { Grant } from "#core/contract/models.ts";
import { readReply } from "#core/rpc/wire.ts";

/** A grant as a shell answered it. Anything else is a bug of ours, or an expected failure that came instead. */
export function readGrant(answer: unknown): Grant {
  if (typeof answer === "object" && answer !== null) {
    const { grant, name, size, code, details }: Record<string, unknown> = {
      ...answer,
    };
    const id = safeParse(grantIdSchema, grant);
    if (id.success && typeof name === "string")
      return {
        grant: id.output,
        name,
        size: typeof size === "number" ? size : null,
      };
    const error = readReply({ kind: "error", id: 0, code, details });
    if (error !== null && error.kind === "error") throw failure(error);
  }
  throw new CoreError("internal", { report: "-" });
}
