import type { ReactNode } from "react";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { cx } from "./class-names.ts";
import "./notice.css";

const icons = { info: Info, warn: TriangleAlert, danger: CircleAlert } as const;

/** A short message in place: what is so, and one thing to do. */
export function Notice(props: {
  readonly tone?: "info" | "warn" | "danger";
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Said aloud when it appears. */
  readonly alert?: boolean;
}) {
  const tone = props.tone ?? "info";
  const Icon = icons[tone];
  return (
    <div
      className={cx("notice", `notice--${tone}`)}
      {...(props.alert === true ? { role: "alert" } : {})}
    >
      <Icon size={18} aria-hidden />
      <div className="notice__words">{props.children}</div>
      {props.action !== undefined && (
        <div className="notice__action">{props.action}</div>
      )}
    </div>
  );
}
