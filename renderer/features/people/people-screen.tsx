import { useState } from "react";
import { Search, UserRoundPlus, UsersRound } from "lucide-react";
import type { Contact } from "#core/contract/contact-models.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { To } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { keepersSummary } from "#renderer/words/keepers.ts";
import { ContactRow } from "./contact-row.tsx";
import { InviteLists } from "./invite-lists.tsx";
import { Nearby } from "./nearby.tsx";
import { OpenInvite } from "./open-invite.tsx";
import { Requests } from "./requests.tsx";
import "./people-screen.css";

/** From this many on a list is worth searching. */
const SEARCH_FROM = 6;

const closeness = { connected: 0, seen: 1, unmet: 2 } as const;

/** Connected first, then those seen last, then by name. */
function inOrder(contacts: readonly Contact[]): readonly Contact[] {
  return contacts.toSorted((a, b) => {
    const by = closeness[a.presence.stage] - closeness[b.presence.stage];
    if (by !== 0) return by;
    const seenA = a.presence.stage === "seen" ? a.presence.at : 0;
    const seenB = b.presence.stage === "seen" ? b.presence.at : 0;
    return seenB - seenA || a.name.localeCompare(b.name);
  });
}

/** Everybody I have met, and the ways to meet more. */
export function PeopleScreen() {
  const contacts = useCoreState("contacts", {});
  const invites = useCoreState("invites", {});
  const keepers = useCoreState("keepers", {});
  const { open } = useOverlays();
  const [wanted, setWanted] = useState("");
  const needle = wanted.trim().toLocaleLowerCase();
  const found = inOrder(contacts ?? []).filter((one) =>
    `${one.name} ${one.ownName}`.toLocaleLowerCase().includes(needle),
  );
  return (
    <Screen
      title="People"
      actions={
        <Button
          kind="primary"
          icon={UserRoundPlus}
          onPress={() => open({ kind: "invite" })}
        >
          Invite someone
        </Button>
      }
    >
      <div className="people">
        {invites !== undefined && <Requests invites={invites} />}
        <Nearby />
        {contacts !== undefined && contacts.length >= SEARCH_FROM && (
          <Field
            label="Find a contact"
            hideLabel
            placeholder="Find a contact"
            kind="search"
            value={wanted}
            onChange={setWanted}
            onEscape={() => setWanted("")}
          />
        )}
        {contacts === undefined ? (
          <Skeleton shape="row" label="Reading your contacts…" />
        ) : contacts.length === 0 ? (
          <Empty
            icon={UsersRound}
            title="Nobody here yet."
            actions={
              <Button onPress={() => open({ kind: "invite" })}>
                Invite someone
              </Button>
            }
          >
            Invite the people you share with. One link makes two people
            contacts, for both sides.
          </Empty>
        ) : found.length === 0 ? (
          <Empty
            icon={Search}
            title="No contact is called that."
            actions={<Button onPress={() => setWanted("")}>Show all</Button>}
          />
        ) : (
          <ul className="people__list" aria-label="Contacts">
            {found.map((contact) => (
              <ContactRow key={contact.person} contact={contact} />
            ))}
          </ul>
        )}
        <section aria-labelledby="people-keepers">
          <h2 id="people-keepers" className="people__title">
            Keepers
          </h2>
          <p>
            {keepers === undefined
              ? "Computers that stay on and hold copies."
              : keepersSummary(keepers)}{" "}
            <To route={{ screen: "keepers" }}>See keepers</To>
          </p>
        </section>
        <OpenInvite />
        {invites !== undefined && <InviteLists invites={invites} />}
      </div>
    </Screen>
  );
}
