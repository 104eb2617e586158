import type { ReactNode } from "react";
import { useId } from "react";

/** One group of settings with its heading. */
export function SettingsGroup(props: {
  readonly title: string;
  readonly children: ReactNode;
  /** The id under which other screens lead here. */
  readonly anchor?: string;
}) {
  const id = useId();
  return (
    <section
      className="settings__group"
      aria-labelledby={id}
      {...(props.anchor === undefined
        ? {}
        : { id: props.anchor, tabIndex: -1 })}
    >
      <h2 id={id} className="settings__title">
        {props.title}
      </h2>
      <div className="settings__rows">{props.children}</div>
    </section>
  );
}

/** A setting: its name, what it does, and the control. */
export function SettingsRow(props: {
  readonly name: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="settings__row">
      <div className="settings__words">
        <p>{props.name}</p>
        {props.hint !== undefined && (
          <p className="settings__hint">{props.hint}</p>
        )}
      </div>
      <div className="settings__control">{props.children}</div>
    </div>
  );
}
