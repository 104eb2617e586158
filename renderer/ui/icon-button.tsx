import type { LucideIcon } from "lucide-react";
import type { Ref } from "react";
import { use } from "react";
import { Button as Press, TooltipTrigger } from "react-aria-components";
import { cx } from "./class-names.ts";
import { TabOrder } from "./tab-order.ts";
import { Tip } from "./tip.tsx";
import "./icon-button.css";

/** A button drawn as a picture; its words show on hover and focus and are its name. */
export function IconButton({
  ref,
  ...props
}: {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onPress?: () => void;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly size?: "small" | "medium";
  readonly slot?: "close";
  readonly ref?: Ref<HTMLButtonElement>;
}) {
  const { icon: Icon, label, size = "medium" } = props;
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      <Press
        {...(ref === undefined ? {} : { ref })}
        aria-label={label}
        className={cx("icon-button", `icon-button--${size}`)}
        isDisabled={props.disabled ?? false}
        excludeFromTabOrder={!use(TabOrder)}
        {...(props.pressed === undefined
          ? {}
          : { "aria-pressed": props.pressed })}
        {...(props.onPress === undefined ? {} : { onPress: props.onPress })}
        {...(props.slot === undefined ? {} : { slot: props.slot })}
      >
        <Icon size={size === "small" ? 16 : 20} aria-hidden />
      </Press>
      <Tip keys={props.keys ?? null}>{label}</Tip>
    </TooltipTrigger>
  );
}
