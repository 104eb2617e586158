import type { ReactNode } from "react";
import type { CoreError } from "#core/contract/errors.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { errorLine, errorWords } from "#renderer/words/errors.ts";

/** A failure in place: what happened, what is safe, one thing to do. Nothing while there is none. */
export function ErrorNotice(props: {
  readonly error: CoreError | null;
  readonly action?: ReactNode;
}) {
  const { error } = props;
  if (error === null || error.code === "cancelled") return null;
  return (
    <Notice tone="danger" alert action={props.action}>
      {errorLine(errorWords(error.code, error.details))}
    </Notice>
  );
}
