import { useState } from "react";
import { Pencil, UserRoundMinus } from "lucide-react";
import type { Contact, PersonPage } from "#core/contract/contact-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { NicknameForm } from "#renderer/parts/person/nickname-form.tsx";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Presence } from "#renderer/parts/person/presence.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Markdown } from "#renderer/ui/markdown.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { dayWords, exactTime } from "#renderer/words/time.ts";

/** Who a person is, and what I can do about them. */
export function PersonHead(props: { readonly page: PersonPage }) {
  const { label, about, contact } = props.page;
  return (
    <div className="person-head">
      <PersonPicture person={label} size={88} />
      <div className="person-head__words">
        {contact !== null && <ContactLines contact={contact} />}
        {contact === null && !label.isMe && <p>Not among your contacts.</p>}
        {label.isMe && (
          <p className="person-head__small">
            This is you, as your contacts see you.
          </p>
        )}
        {about !== "" && <Markdown text={about} />}
      </div>
    </div>
  );
}

function ContactLines(props: { readonly contact: Contact }) {
  const { contact } = props;
  const act = useAct();
  const toast = useToast();
  const { go } = useRouter();
  const now = useNow(3_600_000);
  const [isNaming, setNaming] = useState(false);
  const remove = () =>
    act(
      "removeContact",
      { person: contact.person, removed: true },
      {
        done: () => {
          go({ screen: "people" });
          toast({
            words: `${foreignLine(contact.name)} is no longer a contact. What you have of theirs stays.`,
            action: {
              words: "Undo",
              run: () =>
                act("removeContact", {
                  person: contact.person,
                  removed: false,
                }),
            },
          });
        },
      },
    );
  return (
    <>
      <p className="person-head__lines">
        <Presence presence={contact.presence} />
        {contact.nickname !== null && (
          <span>
            Calls themselves <Foreign>{contact.ownName}</Foreign>
          </span>
        )}
        <span title={exactTime(contact.metAt)}>
          Met through an invite on {dayWords(contact.metAt, now)}
        </span>
      </p>
      {isNaming ? (
        <NicknameForm contact={contact} onClose={() => setNaming(false)} />
      ) : (
        <div className="person-head__actions">
          <Button size="small" icon={Pencil} onPress={() => setNaming(true)}>
            Your name for them
          </Button>
          <Button size="small" icon={UserRoundMinus} onPress={remove}>
            Remove contact
          </Button>
        </div>
      )}
    </>
  );
}
