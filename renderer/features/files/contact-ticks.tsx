import type { PersonId } from "#core/contract/ids.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";

/** My contacts, each with a box to tick. */
export function ContactTicks(props: {
  readonly chosen: readonly PersonId[];
  readonly onChange: (chosen: readonly PersonId[]) => void;
}) {
  const contacts = useCoreState("contacts", {}) ?? [];
  if (contacts.length === 0) {
    return (
      <p className="share__none">
        You have no contacts yet. Invite someone first.
      </p>
    );
  }
  return (
    <fieldset className="share__people">
      <legend className="unseen">Chosen contacts</legend>
      {contacts.map((contact) => (
        <Checkbox
          key={contact.person}
          label={foreignLine(contact.name)}
          on={props.chosen.includes(contact.person)}
          onChange={(on) =>
            props.onChange(
              on
                ? [...props.chosen, contact.person]
                : props.chosen.filter((one) => one !== contact.person),
            )
          }
        >
          <PersonPicture person={contact} size={28} />
          <Foreign>{contact.name}</Foreign>
        </Checkbox>
      ))}
    </fieldset>
  );
}
