import type { ReactNode } from "react";
import { SwitchButton, SwitchField } from "react-aria-components";
import "./switch.css";

/** On or off, with the words beside it and what it does below them. */
export function Switch(props: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <SwitchField
      className="bare"
      isSelected={props.on}
      onChange={props.onChange}
    >
      <SwitchButton className="switch">
        <span className="switch__words">
          {props.label}
          {props.hint !== undefined && (
            <span className="switch__hint">{props.hint}</span>
          )}
        </span>
        <span className="switch__track" aria-hidden>
          <span className="switch__knob" />
        </span>
      </SwitchButton>
    </SwitchField>
  );
}
