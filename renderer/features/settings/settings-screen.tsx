import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Screen } from "#renderer/ui/screen.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { AboutApp } from "./about-app.tsx";
import { DataSettings } from "./data-settings.tsx";
import { KeepersSettings } from "./keepers-settings.tsx";
import { LockSettings } from "./lock-settings.tsx";
import { LookSettings } from "./look-settings.tsx";
import { NetworkSettings } from "./network-settings.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { RecoveryWords } from "./recovery-words.tsx";
import { SpeedSettings } from "./speed-settings.tsx";
import { StorageSettings } from "./storage-settings.tsx";
import "./settings-screen.css";

/** Everything that can be set. Nothing needs a restart. */
export function SettingsScreen() {
  const me = useCoreState("me", {});
  const settings = useCoreState("settings", {});
  if (me === undefined || me === null || settings === undefined) {
    return (
      <Screen title="Settings">
        <Skeleton shape="line" label="Reading settings…" />
      </Screen>
    );
  }
  return (
    <Screen title="Settings">
      <div className="settings">
        <ProfileForm me={me} />
        <LookSettings settings={settings} />
        <NetworkSettings settings={settings} />
        <SpeedSettings settings={settings} />
        <StorageSettings settings={settings} />
        <KeepersSettings />
        <DataSettings settings={settings} />
        <LockSettings />
        <RecoveryWords />
        <AboutApp />
      </div>
    </Screen>
  );
}
