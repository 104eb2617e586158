import { useState } from "react";
import { ModalDialog } from "#renderer/ui/dialog.tsx";
import { InviteForm } from "./invite-form.tsx";
import { InviteReady, type MadeLink } from "./invite-ready.tsx";

/** Makes an invite, then shows it as a link and as a picture. */
export function InviteDialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const [made, setMade] = useState<MadeLink | null>(null);
  const close = () => {
    setMade(null);
    props.onClose();
  };
  return (
    <ModalDialog
      title={made === null ? "Invite someone" : "Your invite is ready"}
      open={props.open}
      onClose={close}
    >
      {made === null ? (
        <InviteForm
          onMade={(output, lifeMs, uses) =>
            setMade({ ...output, lifeMs, uses })
          }
        />
      ) : (
        <InviteReady
          made={made}
          onClose={close}
          onAgain={() => setMade(null)}
        />
      )}
    </ModalDialog>
  );
}
