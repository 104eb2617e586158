import type { ReactNode } from "react";
import { Switch as Toggle } from "react-aria-components";
import "./switch.css";

/** On or off, with the words beside it and what it does below them. */
export function Switch(props: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <Toggle className="switch" isSelected={props.on} onChange={props.onChange}>
      <span className="switch__words">
        {props.label}
        {props.hint !== undefined && (
          <span className="switch__hint">{props.hint}</span>
        )}
      </span>
      <span className="switch__track" aria-hidden>
        <span className="switch__knob" />
      </span>
    </Toggle>
  );
}
