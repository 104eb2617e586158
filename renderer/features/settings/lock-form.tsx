import { useState } from "react";
import { isCoreError } from "#core/contract/errors.ts";
import { PASSWORD_CHARACTERS } from "#core/contract/limits.ts";
import type { LockKind } from "#core/contract/models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { errorWords } from "#renderer/words/errors.ts";

export type LockWish = "password" | "unlocked";

/** The most a password can have; the core takes no longer one. */
const LONGEST = 1024;

/** Setting a password, or taking the lock away; the present password is asked for where there is one. */
export function LockForm(props: {
  readonly wish: LockWish;
  readonly present: LockKind;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { wish, present } = props;
  const [now, setNow] = useState("");
  const [next, setNext] = useState("");
  const change = useTask("changeLock");
  const wrong = isCoreError(change.error, "password-wrong")
    ? errorWords("password-wrong", change.error.details)
    : null;
  const isShort = change.error?.code === "password-short";
  const isLong = next.length > LONGEST;
  return (
    <form
      className="lock-form"
      onSubmit={(event) => {
        event.preventDefault();
        change.run(
          {
            lock:
              wish === "password"
                ? { kind: wish, password: next }
                : { kind: wish },
            password: present === "password" ? now.slice(0, LONGEST) : null,
          },
          props.onDone,
        );
      }}
    >
      {wish === "unlocked" && (
        <Notice tone="warn">
          Without a lock, anyone who uses this computer, or takes its disk, can
          read your posts and act in your name.
        </Notice>
      )}
      {present === "password" && (
        <Field
          label="Present password"
          kind="password"
          value={now}
          complete="current-password"
          focusFirst
          onChange={(text) => {
            setNow(text);
            change.clear();
          }}
          hint="Leave it empty if you opened the app with your recovery words just now."
          error={
            wrong === null ? null : [wrong.what, wrong.todo].join(" ").trim()
          }
        />
      )}
      {wish === "password" && (
        <Field
          label="New password"
          kind="password"
          value={next}
          complete="new-password"
          {...(present === "password" ? {} : { focusFirst: true })}
          onChange={(text) => {
            setNext(text);
            change.clear();
          }}
          hint={`At least ${PASSWORD_CHARACTERS} characters. Nobody can look it up for you: keep it somewhere safe.`}
          error={
            isShort
              ? `This password is too short. Use at least ${PASSWORD_CHARACTERS} characters.`
              : isLong
                ? `This password is too long. Use at most ${LONGEST} characters.`
                : null
          }
        />
      )}
      {wrong === null && !isShort && <ErrorNotice error={change.error} />}
      <div className="settings__buttons">
        <Button
          kind={wish === "unlocked" ? "danger" : "primary"}
          type="submit"
          pending={change.pending}
          disabled={wish === "password" && (next === "" || isLong)}
        >
          {wish === "unlocked" ? "Remove the lock" : "Save password"}
        </Button>
        <Button onPress={props.onClose}>Cancel</Button>
      </div>
    </form>
  );
}
