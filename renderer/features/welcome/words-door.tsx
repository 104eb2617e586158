import { useState } from "react";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { focusSoon } from "#renderer/ui/focus-soon.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import { useRouter } from "#renderer/routing/router.tsx";

/** The core takes no longer text; 24 words of any list are far shorter. */
const PHRASE_CHARACTERS = 1024;

/** Unlocking with the recovery words, when the password is lost or the password store has changed. */
export function WordsDoor(props: {
  /** Another way was tried meanwhile: its trouble is told no more. */
  readonly onUse?: (() => void) | undefined;
}) {
  const toast = useToast();
  const { go } = useRouter();
  const [phrase, setPhrase] = useState("");
  const unlock = useTask("unlockWithWords");
  const isOthers = unlock.error?.code === "not-found";
  const isLong = phrase.trim().length > PHRASE_CHARACTERS;
  return (
    <form
      className="welcome"
      onSubmit={(event) => {
        event.preventDefault();
        props.onUse?.();
        if (isLong) return;
        unlock.run({ phrase: phrase.trim() }, () =>
          toast({
            words: "Your recovery words opened it. The lock is as before.",
            stays: true,
            action: {
              words: "Set a new password",
              run: () => {
                go({ screen: "settings" });
                focusSoon("#settings-lock", "top");
              },
            },
          }),
        );
      }}
    >
      <Field
        label="Recovery words"
        value={phrase}
        onChange={(next) => {
          setPhrase(next);
          unlock.clear();
        }}
        lines={3}
        hint="All 24 words, in order, with spaces between them. You can paste them."
        focusFirst
        error={
          isOthers
            ? "These words belong to somebody else."
            : isLong
              ? "This is much more than 24 words."
              : null
        }
      />
      {!isOthers && <ErrorNotice error={unlock.error} />}
      <div className="welcome__go">
        <Button
          kind="primary"
          size="large"
          type="submit"
          pending={unlock.pending}
          disabled={phrase.trim() === ""}
        >
          Unlock with these words
        </Button>
      </div>
    </form>
  );
}
