import { useState } from "react";
import type { SpaceId } from "#core/contract/ids.ts";
import type {
  FolderWatchRow,
  SharePreview,
} from "#core/contract/watching-models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { useKeptState } from "#renderer/core/use-core-state.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { plural } from "#renderer/words/time.ts";
import { ExcludesChoice } from "./excludes-choice.tsx";
import { useExcludes } from "./use-excludes.ts";
import "./share-dialog.css";

/** How an own folder is shared from now on: by itself or not, and what of it. */
export function FolderOptionsDialog(props: {
  readonly collection: SpaceId;
  readonly watch: FolderWatchRow;
  readonly onClose: () => void;
}) {
  const { collection, watch, onClose } = props;
  const [live, setLive] = useState(watch.live);
  const form = useExcludes(watch.excludes);
  const save = useTask("setFolderOptions");
  const preview = useKeptState(
    "sharePreview",
    {
      folder: { kind: "collection", collection },
      excludes: form.counted,
    },
    collection,
  );
  return (
    <ModalDialog title="What is shared of this folder" open onClose={onClose}>
      <form
        className="share"
        onSubmit={(event) => {
          event.preventDefault();
          save.run({ collection, live, excludes: form.excludes }, onClose);
        }}
      >
        <Switch
          label="Share changes by themselves"
          hint="A file that is being written waits until that is done."
          on={live}
          onChange={setLive}
        />
        <ExcludesChoice
          excludes={form.excludes}
          onChange={form.setExcludes}
          patterns={form.patterns}
          onPatterns={form.setPatterns}
          preview={preview}
        />
        <Leaving preview={preview} />
        <ErrorNotice error={save.error} />
        <ButtonRow>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" pending={save.pending}>
            Save
          </Button>
        </ButtonRow>
      </form>
    </ModalDialog>
  );
}

/** What others would lose from their list, before anything is saved. */
function Leaving(props: { readonly preview: SharePreview | null | undefined }) {
  const leaving = props.preview?.leaving;
  if (leaving === undefined || leaving.files === 0) return null;
  return (
    <Notice tone="warn">
      {plural(leaving.files, "file")} will be removed from the list for others.
      Copies they have stay with them; your files stay here.
      <ul className="share__leaving">
        {leaving.first.map((path) => (
          <li key={path}>
            <Foreign>{path}</Foreign>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
