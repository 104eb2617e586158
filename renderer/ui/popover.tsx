import type { ReactElement, ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { DialogTrigger, Popover as Float } from "react-aria-components";

/** Closes the panel; `then` runs once it is gone and the focus is back at the button. */
type Close = (then?: () => void) => void;

/** A button and the small panel it opens beside itself; the panel is a dialog of its own. */
export function PopoverButton(props: {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly children: (close: Close) => ReactNode;
  readonly placement?: "top start" | "bottom start" | "bottom end";
}) {
  const [isOpen, setOpen] = useState(false);
  const [afterwards, setAfterwards] = useState<{ run: (() => void) | null }>({
    run: null,
  });
  const close: Close = (then) => {
    setAfterwards({ run: then ?? null });
    setOpen(false);
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      {props.trigger}
      <Float
        className="popover"
        aria-label={props.label}
        placement={props.placement ?? "bottom start"}
        offset={6}
      >
        <OnGone
          run={() => {
            const { run } = afterwards;
            setAfterwards({ run: null });
            // One frame for the focus to go back, the next for what follows.
            if (run !== null)
              requestAnimationFrame(() => requestAnimationFrame(run));
          }}
        />
        {props.children(close)}
      </Float>
    </DialogTrigger>
  );
}

/** Draws nothing; runs something when what it stands in is gone. */
function OnGone({ run }: { readonly run: () => void }) {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => () => latest.current(), []);
  return null;
}
