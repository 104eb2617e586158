import { useState } from "react";
import { NAME_CHARACTERS } from "#core/contract/limits.ts";
import type { Contact } from "#core/contract/contact-models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import "./nickname-form.css";

/** My own name for a contact; empty goes back to the one they chose. */
export function NicknameForm(props: {
  readonly contact: Contact;
  readonly onClose: () => void;
}) {
  const { contact, onClose } = props;
  const [name, setName] = useState(contact.nickname ?? contact.ownName);
  const set = useTask("setNickname");
  const isLong = name.trim().length > NAME_CHARACTERS;
  return (
    <form
      className="nickname"
      onSubmit={(event) => {
        event.preventDefault();
        if (isLong) return;
        const chosen = name.trim();
        const nickname =
          chosen === "" || chosen === contact.ownName ? null : chosen;
        set.run({ person: contact.person, nickname }, onClose);
      }}
    >
      <Field
        label={`Your name for ${foreignLine(contact.ownName)}`}
        value={name}
        onChange={setName}
        onEscape={onClose}
        hint="Only you see it. Empty shows the name they chose."
        error={
          isLong
            ? `Name is too long. Use at most ${NAME_CHARACTERS} letters.`
            : null
        }
        focusFirst
      />
      <div className="nickname__go">
        <Button kind="primary" type="submit" pending={set.pending}>
          Save
        </Button>
        <Button onPress={onClose}>Cancel</Button>
      </div>
      <ErrorNotice error={set.error} />
    </form>
  );
}
