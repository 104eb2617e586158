import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button as Press } from "react-aria-components";
import { cx } from "./class-names.ts";
import "./button.css";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";

/** A button with words. `kind` says how loud it is: one primary a view at most. */
export function Button({
  ref,
  ...props
}: {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly kind?: ButtonKind;
  readonly size?: "small" | "medium" | "large";
  readonly icon?: LucideIcon;
  /** Work is under way: the button keeps its place and its focus, and does nothing. */
  readonly pending?: boolean;
  readonly disabled?: boolean;
  readonly type?: "button" | "submit";
  /** Takes the focus when it appears, for the safe answer to a question. */
  readonly focusFirst?: boolean;
  readonly slot?: "close";
  readonly label?: string;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}) {
  const { kind = "secondary", size = "medium", icon: Icon, onPress } = props;
  const isPending = props.pending === true;
  return (
    <Press
      {...(ref === undefined ? {} : { ref })}
      type={props.type ?? "button"}
      className={cx(
        "button",
        `button--${kind}`,
        `button--${size}`,
        isPending && "button--pending",
      )}
      isDisabled={props.disabled ?? false}
      onPress={() => {
        if (!isPending) onPress?.();
      }}
      {...(props.focusFirst === true ? { autoFocus: true } : {})}
      {...(props.slot === undefined ? {} : { slot: props.slot })}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
    >
      {Icon !== undefined && (
        <Icon size={size === "small" ? 16 : 18} aria-hidden />
      )}
      <span className="button__words">{props.children}</span>
    </Press>
  );
}
