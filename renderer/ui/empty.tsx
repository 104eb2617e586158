import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import "./empty.css";

/** What stands where a list would be: why it is empty, and what to do about it. */
export function Empty(props: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const Icon = props.icon;
  return (
    <div className="empty">
      <span className="empty__picture" aria-hidden>
        <Icon size={30} strokeWidth={1.4} />
      </span>
      <p className="empty__title">{props.title}</p>
      {props.children !== undefined && (
        <div className="empty__words">{props.children}</div>
      )}
      {props.actions !== undefined && (
        <div className="empty__actions">{props.actions}</div>
      )}
    </div>
  );
}
