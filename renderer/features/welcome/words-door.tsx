import { useState } from "react";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";

/** Unlocking with the recovery words, when the password is lost or the password store has changed. */
export function WordsDoor() {
  const [phrase, setPhrase] = useState("");
  const unlock = useTask("unlockWithWords");
  return (
    <form
      className="welcome"
      onSubmit={(event) => {
        event.preventDefault();
        unlock.run({ phrase: phrase.trim() });
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
      />
      <ErrorNotice error={unlock.error} />
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
