import type { ReactNode } from "react";
import { useRef } from "react";
import { X } from "lucide-react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { cx } from "./class-names.ts";
import { IconButton } from "./icon-button.tsx";
import { useLostFocus } from "./use-lost-focus.ts";
import "./dialog.css";

/** A window over the page. Esc and the cross close it; focus goes back where it was. */
export function ModalDialog(props: {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: "small" | "medium" | "large";
  /** A question that must be answered: a click beside it does not close it. */
  readonly question?: boolean;
}) {
  const box = useRef<HTMLElement>(null);
  useLostFocus(box, props.onClose);
  return (
    <ModalOverlay
      className="modal"
      isOpen={props.open}
      isDismissable={props.question !== true}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Modal
        className={cx("modal__box", `modal__box--${props.size ?? "medium"}`)}
      >
        <Dialog
          ref={box}
          className="dialog"
          role={props.question === true ? "alertdialog" : "dialog"}
        >
          <header className="dialog__head">
            <Heading slot="title" level={2} className="dialog__title">
              {props.title}
            </Heading>
            <IconButton icon={X} label="Close" onPress={props.onClose} />
          </header>
          <div className="dialog__body">{props.children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of buttons at the end of a dialog or form. */
export function ButtonRow(props: { readonly children: ReactNode }) {
  return <div className="button-row">{props.children}</div>;
}
