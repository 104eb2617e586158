import type { ReactElement, ReactNode } from "react";
import { useState } from "react";
import { DialogTrigger, Popover as Float } from "react-aria-components";

/** A button and the small panel it opens beside itself; the panel is a dialog of its own. */
export function PopoverButton(props: {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly children: (close: () => void) => ReactNode;
  readonly placement?: "top start" | "bottom start" | "bottom end";
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      {props.trigger}
      <Float
        className="popover"
        aria-label={props.label}
        placement={props.placement ?? "bottom start"}
        offset={6}
      >
        {props.children(() => setOpen(false))}
      </Float>
    </DialogTrigger>
  );
}
