import { useState } from "react";
import { ContactRound, Ellipsis, Pencil } from "lucide-react";
import { Button as Press } from "react-aria-components";
import type { Contact } from "#core/contract/contact-models.ts";
import { NicknameForm } from "#renderer/parts/person/nickname-form.tsx";
import { PersonName } from "#renderer/parts/person/person-name.tsx";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Presence } from "#renderer/parts/person/presence.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { Ago } from "#renderer/ui/ago.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { MenuButton } from "#renderer/ui/menu.tsx";

/** One contact: the name I gave them, the one they chose, whether they are there. */
export function ContactRow(props: { readonly contact: Contact }) {
  const { contact } = props;
  const { go } = useRouter();
  const [isNaming, setNaming] = useState(false);
  return (
    <li className="contact">
      <PersonPicture person={contact} />
      <div className="contact__words">
        {isNaming ? (
          <NicknameForm contact={contact} onClose={() => setNaming(false)} />
        ) : (
          <p className="contact__names">
            <PersonName person={contact} />
            {contact.nickname !== null && (
              <span className="contact__own">
                calls themselves <Foreign>{contact.ownName}</Foreign>
              </span>
            )}
          </p>
        )}
        <p className="contact__state">
          <Presence presence={contact.presence} />
          {contact.lastPostAt !== null && (
            <span>
              Last post <Ago at={contact.lastPostAt} />
            </span>
          )}
        </p>
      </div>
      <MenuButton
        label={`More about ${foreignLine(contact.name)}`}
        trigger={
          <Press
            className="icon-button"
            aria-label={`More about ${foreignLine(contact.name)}`}
          >
            <Ellipsis size={20} aria-hidden />
          </Press>
        }
        choices={[
          {
            id: "open",
            words: "Open page",
            icon: ContactRound,
            onChoose: () => go({ screen: "person", person: contact.person }),
          },
          {
            id: "name",
            words: "Your name for them",
            icon: Pencil,
            onChoose: () => setNaming(true),
          },
        ]}
      />
    </li>
  );
}
