import type { ReactNode } from "react";
import { Tooltip } from "react-aria-components";
import "./tip.css";

/** The words that come up beside a control on hover or focus. */
export function Tip(props: {
  readonly children: ReactNode;
  readonly keys?: string | null;
}) {
  return (
    <Tooltip className="tip" offset={8}>
      {props.children}
      {props.keys !== undefined && props.keys !== null && (
        <kbd className="tip__keys">{props.keys}</kbd>
      )}
    </Tooltip>
  );
}
