import { Copy, ImageDown } from "lucide-react";
import type { InviteId } from "#core/contract/ids.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow } from "#renderer/ui/dialog.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Qr } from "#renderer/ui/qr.tsx";
import { qrPicture, savePicture } from "#renderer/ui/qr-picture.ts";
import { useCopy } from "#renderer/ui/use-copy.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import { peopleWords } from "#renderer/words/people.ts";
import { plural } from "#renderer/words/time.ts";
import { lives } from "./invite-choices.ts";

export interface MadeLink {
  readonly invite: InviteId;
  readonly link: string;
  readonly lifeMs: number;
  readonly uses: number;
}

/** The invite as a link to copy and as a picture to scan, and what came of it. */
export function InviteReady(props: {
  readonly made: MadeLink;
  readonly onClose: () => void;
  readonly onAgain: () => void;
}) {
  const { made } = props;
  const invites = useCoreState("invites", {});
  const copy = useCopy();
  const act = useAct();
  const toast = useToast();
  const taken =
    invites?.made.find((one) => one.invite === made.invite)?.takenBy ?? [];
  const life = lives.find((one) => one.ms === made.lifeMs)?.words ?? "a while";
  const save = () => {
    qrPicture(made.link).then(
      (picture) => savePicture(picture, "commonplace-invite.png"),
      () =>
        toast({
          words: "The picture could not be drawn. Send the link instead.",
          tone: "danger",
        }),
    );
  };
  const takeBack = () =>
    act(
      "withdrawInvite",
      { invite: made.invite, withdrawn: true },
      {
        done: () => {
          props.onClose();
          toast({
            words: "Invite taken back. The link no longer works.",
            action: {
              words: "Undo",
              run: () =>
                act("withdrawInvite", {
                  invite: made.invite,
                  withdrawn: false,
                }),
            },
          });
        },
      },
    );
  return (
    <div className="invite-ready">
      <div className="invite-ready__code">
        <Qr text={made.link} label="The invite as a picture to scan" />
        <Button kind="quiet" size="small" icon={ImageDown} onPress={save}>
          Save picture
        </Button>
      </div>
      <div className="invite-ready__side">
        {taken.length > 0 ? (
          <Notice alert>
            {peopleWords(taken)} took it. You are contacts now.
          </Notice>
        ) : (
          <p>
            Send the link any way you like, or let them scan the picture. It
            works{" "}
            {made.uses === 1
              ? "once"
              : `for ${plural(made.uses, "person", "people")}`}
            , for {life}.
          </p>
        )}
        <label className="invite-ready__link">
          <span className="field__label">Invite link</span>
          <input
            readOnly
            value={made.link}
            onFocus={(event) => event.target.select()}
            spellCheck={false}
          />
        </label>
        <Button
          kind="primary"
          icon={Copy}
          focusFirst
          onPress={() => copy(made.link, "Link copied")}
        >
          Copy link
        </Button>
        <p className="invite-form__note">
          You need not be online at the same time: a request waits, and goes on
          by itself. The invite is under People.
        </p>
        <ButtonRow>
          <Button kind="quiet" onPress={takeBack}>
            Take back
          </Button>
          <Button onPress={props.onClose}>Done</Button>
        </ButtonRow>
      </div>
    </div>
  );
}
