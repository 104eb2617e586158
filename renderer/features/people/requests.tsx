import type { Invites } from "#core/contract/contact-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Picture } from "#renderer/ui/picture.tsx";
import "./requests.css";

/** People who opened an invite of mine for several and wait for an answer. Nothing of theirs is fetched before. */
export function Requests(props: { readonly invites: Invites }) {
  const act = useAct();
  const waiting = props.invites.made.flatMap((made) =>
    made.requests.map((request) => ({ ...request, invite: made.invite })),
  );
  if (waiting.length === 0) return null;
  return (
    <section className="requests" aria-labelledby="requests-title">
      <h2 id="requests-title" className="people__title">
        Would like to connect
      </h2>
      <ul>
        {waiting.map(({ invite, person, name, message }) => (
          <li key={invite + person} className="requests__one">
            <Picture seed={person} name={name} address={null} />
            <div className="requests__words">
              <p>
                Calls themselves{" "}
                <Foreign className="requests__name">{name}</Foreign>
              </p>
              {message !== "" && (
                <p className="requests__message">
                  <Foreign>{message}</Foreign>
                </p>
              )}
            </div>
            <div className="requests__answers">
              <Button
                kind="primary"
                label={`Accept ${foreignLine(name)}`}
                onPress={() =>
                  act("answerRequest", { invite, person, accept: true })
                }
              >
                Accept
              </Button>
              <Button
                label={`No to ${foreignLine(name)}`}
                onPress={() =>
                  act("answerRequest", { invite, person, accept: false })
                }
              >
                No
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
