import type { ReactElement, ReactNode } from "react";
import { Dialog, DialogTrigger, Popover as Float } from "react-aria-components";

/** A button and the small panel it opens beside itself. */
export function PopoverButton(props: {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly children: (close: () => void) => ReactNode;
  /** The page behind stays in use. */
  readonly beside?: boolean;
  readonly placement?: "top start" | "bottom start" | "bottom end";
}) {
  return (
    <DialogTrigger>
      {props.trigger}
      <Float
        className="popover"
        isNonModal={props.beside === true}
        placement={props.placement ?? "bottom start"}
        offset={6}
      >
        <Dialog className="popover__dialog" aria-label={props.label}>
          {({ close }) => props.children(close)}
        </Dialog>
      </Float>
    </DialogTrigger>
  );
}
