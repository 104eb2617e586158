import { firstKeeperChoice } from "#core/contract/first-keeper-choice.ts";
import { useState } from "react";
import { ShieldCheck } from "lucide-react";
import type { Contact } from "#core/contract/contact-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { findLink } from "#renderer/parts/place/find-link.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Screen } from "#renderer/ui/screen.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { KeeperRow } from "./keeper-row.tsx";
import { OfferedRoom } from "./offered-room.tsx";
import { KeptForOthers } from "./kept-for.tsx";
import "./keepers-screen.css";

/** Computers that stay on and hold copies: for me, and this one for others. */
export function KeepersScreen() {
  const { back } = useRouter();
  const keepers = useCoreState("keepers", {});
  const contacts = useCoreState("contacts", {});
  const [isAdding, setAdding] = useState(false);
  if (keepers === undefined || contacts === undefined)
    return (
      <Screen title="Keepers" onBack={back}>
        <Skeleton shape="row" label="Reading your keepers…" />
      </Screen>
    );
  const { mine, others } = keepers;
  return (
    <Screen
      title="Keepers"
      onBack={back}
      actions={
        <Button
          kind="primary"
          icon={ShieldCheck}
          onPress={() => setAdding(true)}
        >
          Add keeper
        </Button>
      }
    >
      <div className="keepers">
        <section aria-labelledby="keepers-mine">
          <h2 id="keepers-mine" className="keepers__title">
            They keep for you
          </h2>
          {mine.length === 0 ? (
            <Empty icon={ShieldCheck} title="Nobody keeps for you yet.">
              A keeper is a computer that stays on and holds copies of what you
              post and share. People get it from there while your computer is
              off. It need not be able to read any of it.
            </Empty>
          ) : (
            <ul className="keepers__list" aria-label="They keep for you">
              {mine.map((keeper) => (
                <KeeperRow key={keeper.person} keeper={keeper} />
              ))}
            </ul>
          )}
          <OfferedRoom offers={keepers.offers} />
        </section>
        <section aria-labelledby="keepers-others">
          <h2 id="keepers-others" className="keepers__title">
            You keep for others
          </h2>
          <p className="keepers__about">
            This computer can hold copies for your contacts, as much as you say.
          </p>
          <KeptForOthers others={others} contacts={contacts} />
        </section>
      </div>
      <AddKeeper
        open={isAdding}
        onClose={() => setAdding(false)}
        contacts={contacts.filter(
          ({ person }) => !mine.some((one) => one.person === person),
        )}
      />
    </Screen>
  );
}

/** By the invite that a keeper shows, or among contacts. */
function AddKeeper(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly contacts: readonly Contact[];
}) {
  const { go } = useRouter();
  const act = useAct();
  const [text, setText] = useState("");
  const link = findLink(text) ?? text.trim();
  return (
    <ModalDialog title="Add keeper" open={props.open} onClose={props.onClose}>
      <form
        className="keeper-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (link === "") return;
          props.onClose();
          go({ screen: "link", link });
        }}
      >
        <Field
          label="Invite of a keeper"
          value={text}
          onChange={setText}
          placeholder="commonplace:…"
          hint="A computer that runs “commonplace keep” shows one. You see who it is before anything happens."
          focusFirst
        />
        <ButtonRow>
          <Button type="submit" kind="primary" disabled={text.trim() === ""}>
            Open
          </Button>
        </ButtonRow>
        {props.contacts.length > 0 && (
          <>
            <p>
              Or ask a contact. They keep your posts as soon as they hold room
              for you:
            </p>
            <ul className="keepers__pick" aria-label="Contacts">
              {props.contacts.map(({ person, name }) => (
                <li key={person}>
                  <Button
                    size="small"
                    onPress={() => {
                      act("setKeeper", firstKeeperChoice(person));
                      props.onClose();
                    }}
                  >
                    {foreignLine(name)}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </form>
    </ModalDialog>
  );
}
