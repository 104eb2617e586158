import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import {
  Label,
  RadioButton,
  RadioField,
  RadioGroup,
} from "react-aria-components";
import { cx } from "./class-names.ts";
import "./choices.css";

export interface Choice<Id extends string> {
  readonly id: Id;
  readonly words: string;
  readonly hint?: ReactNode;
  readonly icon?: LucideIcon;
  readonly badge?: number;
}

/** One of a few. `row`: side by side, as filters are; `cards`: one below the other with a reason each. */
export function Choices<Id extends string>(props: {
  readonly label: string;
  readonly value: Id;
  readonly choices: readonly Choice<Id>[];
  readonly onChange: (id: Id) => void;
  readonly look?: "row" | "cards";
  readonly showLabel?: boolean;
}) {
  const look = props.look ?? "row";
  return (
    <RadioGroup
      className={cx("choices", `choices--${look}`)}
      value={props.value}
      orientation={look === "row" ? "horizontal" : "vertical"}
      onChange={(id) => {
        const chosen = props.choices.find((choice) => choice.id === id);
        if (chosen !== undefined) props.onChange(chosen.id);
      }}
      {...(props.showLabel === true ? {} : { "aria-label": props.label })}
    >
      {props.showLabel === true && (
        <Label className="choices__label">{props.label}</Label>
      )}
      <div className="choices__all">
        {props.choices.map(({ icon: Icon, ...choice }) => (
          <RadioField key={choice.id} value={choice.id} className="bare">
            <RadioButton className="choices__one">
              {look === "cards" && (
                <span className="choices__dot" aria-hidden />
              )}
              {Icon !== undefined && <Icon size={16} aria-hidden />}
              <span className="choices__words">
                {choice.words}
                {choice.hint !== undefined && (
                  <span className="choices__hint">{choice.hint}</span>
                )}
              </span>
              {choice.badge !== undefined && choice.badge > 0 && (
                <span className="choices__badge">{choice.badge}</span>
              )}
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
