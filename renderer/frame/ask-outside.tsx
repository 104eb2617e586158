import type { ReactNode } from "react";
import { useState } from "react";
import { useShell } from "#renderer/core/shell-context.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { outsideHost } from "#renderer/ui/outside-address.ts";
import { AskOutside } from "#renderer/ui/outside-link.tsx";

/** Shows where a link leads before it is opened outside. */
export function AskOutsideProvider(props: { readonly children: ReactNode }) {
  const { openOutside } = useShell();
  const [address, setAddress] = useState<string | null>(null);
  const close = () => setAddress(null);
  return (
    <AskOutside value={setAddress}>
      {props.children}
      <ModalDialog
        title={address === null ? "" : `Open ${outsideHost(address)}?`}
        size="small"
        open={address !== null}
        onClose={close}
      >
        <p>
          This leads out of Commonplace, to your web browser or mail program.
          Who runs that place can see that you came.
        </p>
        <p className="ask-outside__address foreign" dir="ltr">
          {foreignLine(address ?? "")}
        </p>
        <ButtonRow>
          <Button onPress={close} focusFirst>
            Stay here
          </Button>
          <Button
            kind="primary"
            onPress={() => {
              if (address !== null) openOutside(address);
              close();
            }}
          >
            Open outside
          </Button>
        </ButtonRow>
      </ModalDialog>
    </AskOutside>
  );
}
