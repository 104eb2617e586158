import type { SubmitEvent } from "react";
import { useEffect, useRef, useState } from "react";
import type { LockChoice } from "#core/contract/methods.ts";
import type { LinkPreview } from "#core/contract/contact-models.ts";
import type { LockKind } from "#core/contract/models.ts";
import { PASSWORD_CHARACTERS } from "#core/contract/limits.ts";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { readClock } from "#renderer/ui/read-clock.ts";
import { Field } from "#renderer/ui/field.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { StagePage } from "#renderer/ui/stage-page.tsx";
import { LockFields, type LockForm } from "./lock-fields.tsx";
import { nameTrouble } from "#renderer/words/name.ts";
import { suggestedName } from "./suggested-name.ts";
import "./welcome.css";

/** The core takes no longer text; 24 words of any list are far shorter. */
const PHRASE_CHARACTERS = 1024;

/** The first screen, once: a name, and on computers without a password store the way to lock the data. */
export function Welcome(props: { readonly locks: readonly LockKind[] }) {
  const hasKeyring = props.locks.includes("keyring");
  const [name, setName] = useState(() =>
    suggestedName(Math.floor(readClock() / 7)),
  );
  const [lock, setLock] = useState<LockForm>({
    kind: "password",
    password: "",
  });
  const [phrase, setPhrase] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const start = useTask("start");
  const isLong = (phrase?.trim().length ?? 0) > PHRASE_CHARACTERS;
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    document.title = "Welcome — Commonplace";
    field.current?.focus();
    field.current?.select();
  }, []);

  const choice: LockChoice = hasKeyring
    ? { kind: "keyring" }
    : lock.kind === "password"
      ? lock
      : { kind: "unlocked" };

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (nameTrouble(name) !== null || isLong) return;
    start.run({
      name,
      lock: choice,
      phrase: phrase === null ? null : phrase.trim(),
    });
  };

  const isNameBad = isTried && nameTrouble(name) !== null;
  const isPasswordBad = start.error?.code === "password-short";
  return (
    <StagePage
      title={
        phrase === null
          ? "A place of your own, with the people you know."
          : "Welcome back."
      }
      lead={
        phrase === null
          ? "Saved on this computer. Nobody sees it until you share something."
          : "These 24 words bring back who you are. Contacts and posts come back as you meet people again: ask each of them for a new invite, or send them one."
      }
    >
      <form className="welcome" onSubmit={submit}>
        <InviteLine />
        <Field
          ref={field}
          label="Name"
          value={name}
          onChange={(next) => {
            setName(next);
            setTried(false);
            start.clear();
          }}
          size="large"
          hint="What people you meet will call you. You can change it at any time."
          error={isNameBad ? nameTrouble(name) : null}
        />
        {phrase !== null && (
          <Field
            label="Recovery words"
            value={phrase}
            onChange={setPhrase}
            lines={3}
            hint="All 24 words, in order, with spaces between them. You can paste them."
            error={isLong ? "This is much more than 24 words." : null}
            focusFirst
          />
        )}
        {!hasKeyring && (
          <LockFields
            lock={lock}
            onChange={setLock}
            error={
              isPasswordBad
                ? `This password is too short. Use at least ${PASSWORD_CHARACTERS} characters.`
                : null
            }
          />
        )}
        {!isNameBad && !isPasswordBad && <ErrorNotice error={start.error} />}
        <div className="welcome__go">
          <Button
            kind="primary"
            size="large"
            type="submit"
            pending={start.pending}
          >
            Start
          </Button>
          <Button
            kind="quiet"
            onPress={() => setPhrase(phrase === null ? "" : null)}
          >
            {phrase === null ? "I have recovery words" : "I am new here"}
          </Button>
        </div>
      </form>
    </StagePage>
  );
}

/** Who sent the invite the app was opened with, if it was. Acting on it comes after the start, on its own page. */
function InviteLine() {
  const { route } = useRouter();
  const act = useAct();
  const [preview, setPreview] = useState<LinkPreview | null>(null);
  const link = route.screen === "link" ? route.link : null;
  useEffect(() => {
    if (link === null) return;
    act(
      "readLink",
      { link },
      { done: setPreview, failed: () => setPreview(null) },
    );
  }, [act, link]);
  if (link === null) return null;
  return (
    <p className="welcome__invite">
      {preview?.kind === "invite" ? (
        <>
          An invite that says it is from <Foreign>{preview.name}</Foreign>. It
          is shown again after you start.
        </>
      ) : (
        "The link you opened is shown after you start."
      )}
    </p>
  );
}
