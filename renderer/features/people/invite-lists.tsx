import { Copy, Undo2 } from "lucide-react";
import type {
  Invites,
  MadeInvite,
  OpenedInvite,
} from "#core/contract/contact-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { isWaiting } from "#renderer/parts/request/is-waiting.ts";
import { WaitingRequest } from "#renderer/parts/request/waiting-request.tsx";
import { Ago } from "#renderer/ui/ago.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Picture } from "#renderer/ui/picture.tsx";
import { useCopy } from "#renderer/ui/use-copy.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import {
  inviteStage,
  inviteWords,
  openedWords,
} from "#renderer/words/invites.ts";
import "./invite-lists.css";

/** Invites I opened and invites I made, each with where it stands. */
export function InviteLists(props: { readonly invites: Invites }) {
  const { made, opened } = props.invites;
  return (
    <>
      {opened.length > 0 && (
        <section aria-labelledby="opened-title">
          <h2 id="opened-title" className="people__title">
            Invites you opened
          </h2>
          <ul>
            {opened.map((one) => (
              <Opened key={one.invite} opened={one} />
            ))}
          </ul>
        </section>
      )}
      {made.length > 0 && (
        <section aria-labelledby="made-title">
          <h2 id="made-title" className="people__title">
            Invites you made
          </h2>
          <ul>
            {made.map((one) => (
              <Made key={one.invite} invite={one} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Opened(props: { readonly opened: OpenedInvite }) {
  const { opened } = props;
  const act = useAct();
  if (isWaiting(opened))
    return (
      <li className="invite-row">
        <WaitingRequest opened={opened} />
      </li>
    );
  return (
    <li className="invite-row">
      <Picture
        seed={opened.person}
        name={opened.name}
        address={null}
        size={36}
      />
      <div className="invite-row__words">
        <Foreign className="invite-row__name">{opened.name}</Foreign>
        <span>{openedWords(opened)}</span>
      </div>
      <Button
        size="small"
        onPress={() => act("closeInvite", { invite: opened.invite })}
      >
        Close
      </Button>
    </li>
  );
}

function Made(props: { readonly invite: MadeInvite }) {
  const { invite } = props;
  const now = useNow(60_000);
  const act = useAct();
  const copy = useCopy();
  const toast = useToast();
  const stage = inviteStage(invite, now);
  const set = (withdrawn: boolean) =>
    act(
      "withdrawInvite",
      { invite: invite.invite, withdrawn },
      {
        done: () => {
          if (!withdrawn) return;
          toast({
            words: "Invite taken back. The link no longer works.",
            action: { words: "Undo", run: () => set(false) },
          });
        },
      },
    );
  return (
    <li className={`invite-row invite-row--${stage}`}>
      <div className="invite-row__words">
        <span className="invite-row__name">{inviteWords(invite, now)}</span>
        <span>
          Made <Ago at={invite.madeAt} />
          {invite.message !== "" && (
            <>
              {": "}
              <Foreign>{invite.message}</Foreign>
            </>
          )}
        </span>
      </div>
      {stage === "waiting" && (
        <div className="invite-row__actions">
          <Button
            size="small"
            icon={Copy}
            onPress={() => copy(invite.link, "Link copied")}
          >
            Copy link
          </Button>
          <Button size="small" icon={Undo2} onPress={() => set(true)}>
            Take back
          </Button>
        </div>
      )}
    </li>
  );
}
