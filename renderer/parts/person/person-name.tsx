import type { PersonLabel } from "#core/contract/models.ts";
import { To } from "#renderer/routing/router.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import "./person-name.css";

/** A person's name, leading to their page. */
export function PersonName(props: { readonly person: PersonLabel }) {
  return (
    <To
      route={{ screen: "person", person: props.person.person }}
      className="person-name"
    >
      <Foreign>{props.person.name}</Foreign>
    </To>
  );
}
