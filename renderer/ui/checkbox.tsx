import type { ReactNode } from "react";
import { use } from "react";
import { Check } from "lucide-react";
import { CheckboxButton, CheckboxField } from "react-aria-components";
import { cx } from "./class-names.ts";
import { TabOrder } from "./tab-order.ts";
import "./checkbox.css";

/** A box to tick, with what it stands for beside it. */
export function Checkbox(props: {
  readonly label: string;
  readonly children?: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <CheckboxField
      className="bare"
      isSelected={props.on}
      onChange={props.onChange}
      excludeFromTabOrder={!use(TabOrder)}
      {...(props.children === undefined ? { "aria-label": props.label } : {})}
    >
      <CheckboxButton
        className={cx(
          "checkbox",
          props.children === undefined && "checkbox--alone",
        )}
      >
        <span className="checkbox__box" aria-hidden>
          <Check size={14} strokeWidth={3} />
        </span>
        {props.children}
      </CheckboxButton>
    </CheckboxField>
  );
}
