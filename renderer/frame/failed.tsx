import type { ErrorCode } from "#core/contract/errors.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { Button } from "#renderer/ui/button.tsx";
import { StagePage } from "#renderer/ui/stage-page.tsx";
import { errorWords } from "#renderer/words/errors.ts";
import "./failed.css";

/** A start that did not succeed: what happened, whether anything is lost, one thing to do, and what to tell whoever helps. */
export function Failed(props: {
  readonly problem: ErrorCode;
  readonly detail: string | null;
}) {
  const act = useAct();
  const words = errorWords(props.problem);
  return (
    <StagePage title={words.what} lead={words.lost ?? "Nothing is lost."}>
      {words.todo !== null && <p>{words.todo}</p>}
      <div>
        <Button
          kind="primary"
          size="large"
          onPress={() => act("startAgain", {})}
        >
          Try again
        </Button>
      </div>
      {props.detail !== null && (
        <p className="failed__detail">
          For whoever helps you: <code>{props.detail}</code>
        </p>
      )}
    </StagePage>
  );
}
