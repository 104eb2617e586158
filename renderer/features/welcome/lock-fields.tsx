import { Choices } from "#renderer/ui/choices.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Notice } from "#renderer/ui/notice.tsx";

export type LockForm =
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "unlocked" };

/** How the data is locked on a computer that has no password store of its own. */
export function LockFields(props: {
  readonly lock: LockForm;
  readonly onChange: (lock: LockForm) => void;
  readonly error: string | null;
}) {
  const { lock, onChange } = props;
  return (
    <div className="welcome__lock">
      <Choices
        label="Lock your data with"
        showLabel
        look="cards"
        value={lock.kind}
        choices={[
          {
            id: "password",
            words: "A password",
            hint: "Asked for each time the app starts.",
          },
          {
            id: "unlocked",
            words: "No lock",
            hint: "Whoever can use this computer can open it.",
          },
        ]}
        onChange={(kind) =>
          onChange(kind === "password" ? { kind, password: "" } : { kind })
        }
      />
      {lock.kind === "password" ? (
        <Field
          label="Password"
          kind="password"
          value={lock.password}
          complete="new-password"
          onChange={(password) => onChange({ kind: "password", password })}
          hint="At least 8 characters. Nobody can look it up for you: keep it somewhere safe."
          error={props.error}
        />
      ) : (
        <Notice tone="warn">
          Anyone who uses this computer, or takes its disk, can read your posts
          and act in your name.
        </Notice>
      )}
    </div>
  );
}
