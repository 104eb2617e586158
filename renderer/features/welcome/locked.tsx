import type { SubmitEvent } from "react";
import { useEffect, useState } from "react";
import { isCoreError } from "#core/contract/errors.ts";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { Field } from "#renderer/ui/field.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { StagePage } from "#renderer/ui/stage-page.tsx";
import { plural } from "#renderer/words/time.ts";
import { WordsDoor } from "./words-door.tsx";
import "./welcome.css";

/** The data is locked: by a password, or by the computer's own password store, which did not answer. */
export function Locked(props: { readonly lock: "password" | "keyring" }) {
  useEffect(() => {
    document.title = "Locked — Commonplace";
  }, []);
  return props.lock === "password" ? <PasswordDoor /> : <KeyringDoor />;
}

function PasswordDoor() {
  const [password, setPassword] = useState("");
  const [openAt, setOpenAt] = useState(0);
  const unlock = useTask("unlock");
  const now = useNow(500);
  const waitMs = Math.max(0, openAt - now);
  const { error } = unlock;
  const [seen, setSeen] = useState<typeof error>(null);
  if (error !== seen) {
    setSeen(error);
    // `now` is rounded: with nothing to wait for, it must not hold up the next try.
    if (isCoreError(error, "password-wrong")) {
      const { retryInMs } = error.details;
      setOpenAt(retryInMs === 0 ? 0 : now + retryInMs);
    }
  }

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (openAt > readClock()) return;
    unlock.run({ password }, () => setPassword(""));
  };
  const isWrong = error?.code === "password-wrong";
  return (
    <StagePage
      title="Your data is locked."
      lead="It is all here, on this computer."
    >
      <form className="welcome" onSubmit={submit}>
        <Field
          label="Password"
          kind="password"
          size="large"
          value={password}
          onChange={setPassword}
          complete="current-password"
          focusFirst
          error={
            !isWrong
              ? null
              : waitMs > 0
                ? `This is not the password. Try again in ${plural(Math.ceil(waitMs / 1000), "second")}.`
                : "This is not the password. Try again."
          }
        />
        {!isWrong && <ErrorNotice error={error} />}
        <div className="welcome__go">
          <Button
            kind="primary"
            size="large"
            type="submit"
            pending={unlock.pending}
            disabled={waitMs > 0}
          >
            Unlock
          </Button>
        </div>
      </form>
      <OtherWay onUse={unlock.clear} />
    </StagePage>
  );
}

function KeyringDoor() {
  const act = useAct();
  return (
    <StagePage
      title="The password store of this computer has changed."
      lead="Commonplace cannot unlock your data with it. Your data is still here."
    >
      <Notice>Open your computer’s password store, then try again.</Notice>
      <div>
        <Button
          kind="primary"
          size="large"
          onPress={() => act("startAgain", {})}
        >
          Try again
        </Button>
      </div>
      <OtherWay />
    </StagePage>
  );
}

function OtherWay(props: { readonly onUse?: () => void }) {
  const { onUse } = props;
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <WordsDoor onUse={onUse} />
  ) : (
    <div className="welcome__other">
      <Button
        kind="quiet"
        onPress={() => {
          onUse?.();
          setOpen(true);
        }}
      >
        Use recovery words
      </Button>
    </div>
  );
}
