import type { Settings } from "#core/contract/models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { usePickFolder } from "#renderer/parts/folder/use-pick-folder.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { SettingsGroup, SettingsRow } from "./settings-group.tsx";

/** Where downloads go. */
export function DataSettings(props: { readonly settings: Settings }) {
  const { downloadFolder } = props.settings;
  const toast = useToast();
  const set = useTask("setDownloadFolder");
  const { pick, chooser } = usePickFolder((folder) =>
    set.run({ grant: folder.grant }, () =>
      toast({ words: "Download folder changed" }),
    ),
  );
  return (
    <SettingsGroup title="Files">
      <SettingsRow
        name="Download folder"
        hint={
          downloadFolder === null ? (
            "Not chosen yet. It is asked for with the first download."
          ) : (
            <Foreign>{downloadFolder}</Foreign>
          )
        }
      >
        <Button
          onPress={pick}
          label={
            downloadFolder === null
              ? "Choose download folder"
              : "Change download folder"
          }
        >
          {downloadFolder === null ? "Choose" : "Change"}
        </Button>
      </SettingsRow>
      <ErrorNotice error={set.error} />
      {chooser}
    </SettingsGroup>
  );
}
