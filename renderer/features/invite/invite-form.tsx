import { useState } from "react";
import { INVITE_MESSAGE_CHARACTERS } from "#core/contract/limits.ts";
import type { MethodOutput } from "#core/contract/methods.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow } from "#renderer/ui/dialog.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { lives, uses, type LifeId, type UsesId } from "./invite-choices.ts";
import "./invite.css";

/** How long the invite works, for how many, and what it says. */
export function InviteForm(props: {
  readonly onMade: (
    made: MethodOutput<"createInvite">,
    lifeMs: number,
    uses: number,
  ) => void;
}) {
  const me = useCoreState("me", {});
  const [life, setLife] = useState<LifeId>("week");
  const [many, setMany] = useState<UsesId>("1");
  const [message, setMessage] = useState("");
  const create = useTask("createInvite");
  const tooLong = message.length > INVITE_MESSAGE_CHARACTERS;
  return (
    <form
      className="invite-form"
      onSubmit={(event) => {
        event.preventDefault();
        const lifeMs = lives.find((one) => one.id === life)?.ms ?? lives[2].ms;
        const count = Number(many);
        create.run({ lifeMs, uses: count, message: message.trim() }, (made) =>
          props.onMade(made, lifeMs, count),
        );
      }}
    >
      <p>
        Whoever opens it sees your name, <Foreign>{me?.name ?? ""}</Foreign>,
        and you become contacts: you read each other’s posts and can share
        files.
      </p>
      <div className="invite-form__choices">
        <Select
          label="Works for"
          value={many}
          onChange={setMany}
          choices={uses}
        />
        <Select
          label="Ends after"
          value={life}
          onChange={setLife}
          choices={lives}
        />
      </div>
      {many !== "1" && (
        <p className="invite-form__note">
          You answer each person by hand when they open it.
        </p>
      )}
      <Field
        label="Message (optional)"
        value={message}
        onChange={setMessage}
        lines={2}
        error={
          tooLong
            ? `At most ${INVITE_MESSAGE_CHARACTERS} characters, so that it fits the link.`
            : null
        }
      />
      <ErrorNotice error={create.error} />
      <ButtonRow>
        <Button
          kind="primary"
          type="submit"
          pending={create.pending}
          disabled={tooLong}
        >
          Make invite
        </Button>
      </ButtonRow>
    </form>
  );
}
