import type { OpenedInvite } from "#core/contract/contact-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { To } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Picture } from "#renderer/ui/picture.tsx";
import { openedWords } from "#renderer/words/invites.ts";
import "./waiting-request.css";

/** A request that waits for somebody who is not on: what becomes of it, what can be read already, and the way out. */
export function WaitingRequest(props: { readonly opened: OpenedInvite }) {
  const { invite, person, name } = props.opened;
  const act = useAct();
  const known = useCoreState("person", { person, first: 0, count: 1 });
  const hasPosts = (known?.posts.total ?? 0) > 0;
  return (
    <div className="waiting-request">
      <Picture seed={person} name={name} address={null} size={36} />
      <div className="waiting-request__words">
        <p>{openedWords(props.opened)}</p>
        {hasPosts && (
          <p>
            You can already read{" "}
            <To route={{ screen: "person", person }}>
              what <Foreign>{name}</Foreign> posts openly
            </To>
            .
          </p>
        )}
      </div>
      <Button size="small" onPress={() => act("closeInvite", { invite })}>
        Stop waiting
      </Button>
    </div>
  );
}
