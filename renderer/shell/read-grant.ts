import { safeParse } from "valibot";
import { CoreError } from "#core/contract/errors.ts";
import { grantIdSchema } from "#core/contract/ids.ts";
import type { Grant } from "#core/contract/models.ts";
import { isObject, readError } from "#core/rpc/wire.ts";

/** A grant as a shell answered it; throws the failure that came instead. */
export function readGrant(answer: unknown): Grant {
  const { grant, name, size, code, details } = isObject(answer) ? answer : {};
  const id = safeParse(grantIdSchema, grant);
  if (id.success && typeof name === "string")
    return {
      grant: id.output,
      name,
      size: typeof size === "number" ? size : null,
    };
  throw readError(code, details) ?? new CoreError("internal", { report: "-" });
}
