import type { ErrorCode } from "#core/contract/errors.ts";
import { Button } from "#renderer/ui/button.tsx";
import { errorWords } from "#renderer/words/errors.ts";
import { StagePage } from "#renderer/ui/stage-page.tsx";

/** A start that did not succeed: what happened, whether anything is lost, one thing to do. */
export function Failed(props: { readonly problem: ErrorCode }) {
  const words = errorWords(props.problem);
  return (
    <StagePage title={words.what} lead={words.lost ?? "Nothing is lost."}>
      {words.todo !== null && <p>{words.todo}</p>}
      <div>
        <Button kind="primary" size="large" onPress={() => location.reload()}>
          Try again
        </Button>
      </div>
    </StagePage>
  );
}
