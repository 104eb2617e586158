import type { PersonLabel } from "#core/contract/models.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";

/** Asks before something that can run is opened. */
export function ProgramQuestion<File extends { readonly name: string }>(props: {
  readonly asked: File | null;
  readonly owner: PersonLabel;
  readonly onClose: () => void;
  readonly onOpen: (file: File) => void;
}) {
  const { asked } = props;
  if (asked === null) return null;
  return (
    <ModalDialog
      title="Open this program?"
      size="small"
      question
      open
      onClose={props.onClose}
    >
      <p>
        <Foreign>{asked.name}</Foreign> is a program from{" "}
        <Foreign>{props.owner.name}</Foreign>. It can do anything you can do on
        this computer.
      </p>
      <ButtonRow>
        <Button focusFirst onPress={props.onClose}>
          Do not open
        </Button>
        <Button
          kind="danger"
          onPress={() => {
            props.onClose();
            props.onOpen(asked);
          }}
        >
          Open program
        </Button>
      </ButtonRow>
    </ModalDialog>
  );
}
