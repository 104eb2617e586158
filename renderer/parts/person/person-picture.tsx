import type { PersonLabel } from "#core/contract/models.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { Picture } from "#renderer/ui/picture.tsx";

/** A person's round picture. */
export function PersonPicture(props: {
  readonly person: PersonLabel;
  readonly size?: number;
}) {
  const { fileUrl } = useShell();
  const { person } = props;
  return (
    <Picture
      seed={person.person}
      name={person.name}
      size={props.size ?? 44}
      address={
        person.picture === null
          ? null
          : fileUrl(person.picture.root, person.picture.name)
      }
    />
  );
}
