import { useState } from "react";
import type { LockKind } from "#core/contract/models.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { LockForm, type LockWish } from "./lock-form.tsx";
import { SettingsGroup, SettingsRow } from "./settings-group.tsx";

const present: {
  readonly [K in LockKind]: { readonly name: string; readonly hint: string };
} = {
  keyring: {
    name: "Locked with the password store of this computer",
    hint: "It opens by itself for whoever is logged in here.",
  },
  password: {
    name: "Locked with a password",
    hint: "Asked for each time the app starts.",
  },
  unlocked: {
    name: "Not locked",
    hint: "Whoever can use this computer, or takes its disk, can open it.",
  },
};

/** How the data on this computer is locked, and locking it another way. */
export function LockSettings() {
  const app = useCoreState("app", {});
  const toast = useToast();
  const [wish, setWish] = useState<LockWish | null>(null);
  if (app?.stage !== "ready") return null;
  const { lock } = app;
  return (
    <SettingsGroup title="Lock" anchor="settings-lock">
      <SettingsRow name={present[lock].name} hint={present[lock].hint}>
        {wish === null && (
          <div className="settings__buttons">
            <Button onPress={() => setWish("password")}>
              {lock === "password" ? "Change password" : "Set a password"}
            </Button>
            {lock !== "unlocked" && (
              <Button kind="quiet" onPress={() => setWish("unlocked")}>
                Remove the lock
              </Button>
            )}
          </div>
        )}
      </SettingsRow>
      {wish !== null && (
        <LockForm
          key={wish}
          wish={wish}
          present={lock}
          onClose={() => setWish(null)}
          onDone={() => {
            setWish(null);
            toast({
              words:
                wish === "unlocked"
                  ? "Lock removed"
                  : lock === "password"
                    ? "Password changed"
                    : "Password set",
            });
          }}
        />
      )}
    </SettingsGroup>
  );
}
