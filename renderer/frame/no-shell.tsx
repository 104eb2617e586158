import { Button } from "#renderer/ui/button.tsx";
import { StagePage } from "#renderer/ui/stage-page.tsx";

/** The page stands alone: whatever should surround it does not answer. */
export function NoShell() {
  return (
    <StagePage
      title="This page has lost its app."
      lead="Your data is safe on this computer. The app that serves this page has stopped, or the address is an old one."
    >
      <p>Start Commonplace again, and use the address it opens.</p>
      <div>
        <Button kind="primary" size="large" onPress={() => location.reload()}>
          Try again
        </Button>
      </div>
    </StagePage>
  );
}
