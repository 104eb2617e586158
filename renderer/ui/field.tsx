import type { ReactNode, Ref } from "react";
import { useState } from "react";
import { Eye, EyeOff } from "lucide-react";
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField,
} from "react-aria-components";
import { cx } from "./class-names.ts";
import { IconButton } from "./icon-button.tsx";
import "./field.css";

/** One line, or several, of text, with its name above and its trouble below. */
export function Field({
  ref,
  ...props
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly placeholder?: string;
  readonly lines?: number;
  readonly size?: "medium" | "large";
  readonly hideLabel?: boolean;
  readonly focusFirst?: boolean;
  readonly kind?: "text" | "password" | "search";
  readonly disabled?: boolean;
  readonly complete?: string;
  readonly onFocus?: () => void;
  readonly onBlur?: () => void;
  readonly onEscape?: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}) {
  const { kind = "text", size = "medium" } = props;
  const [shown, setShown] = useState(false);
  const isBad = props.error !== undefined && props.error !== null;
  return (
    <TextField
      className={cx("field", `field--${size}`)}
      value={props.value}
      onChange={props.onChange}
      isInvalid={isBad}
      // With the browser's own way a marked field would hold up the next try.
      validationBehavior="aria"
      isDisabled={props.disabled ?? false}
      {...(props.focusFirst === true ? { autoFocus: true } : {})}
      type={kind === "password" && !shown ? "password" : "text"}
      autoComplete={props.complete ?? "off"}
      spellCheck={props.lines === undefined ? "false" : "true"}
      onFocus={() => props.onFocus?.()}
      onBlur={() => props.onBlur?.()}
      onKeyDown={(event) => {
        if (event.key === "Escape") props.onEscape?.();
        event.continuePropagation();
      }}
      {...(props.hideLabel === true ? { "aria-label": props.label } : {})}
    >
      {props.hideLabel !== true && (
        <Label className="field__label">{props.label}</Label>
      )}
      <div className="field__box">
        {props.lines === undefined ? (
          <Input
            {...(ref === undefined ? {} : { ref })}
            className="field__input"
            dir="auto"
            placeholder={props.placeholder ?? ""}
          />
        ) : (
          <TextArea
            className="field__input field__input--lines"
            dir="auto"
            rows={props.lines}
            placeholder={props.placeholder ?? ""}
          />
        )}
        {kind === "password" && (
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={shown ? "Hide password" : "Show password"}
            onPress={() => setShown(!shown)}
          />
        )}
      </div>
      {props.hint !== undefined && (
        <Text slot="description" className="field__hint">
          {props.hint}
        </Text>
      )}
      {isBad && <FieldError className="field__error">{props.error}</FieldError>}
    </TextField>
  );
}
