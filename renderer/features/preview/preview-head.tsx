import {
  ChevronLeft,
  ChevronRight,
  Download,
  FolderSearch,
  Info,
  SquareArrowOutUpRight,
  X,
} from "lucide-react";
import { Heading } from "react-aria-components";
import { keyWords } from "#renderer/commands/keys.ts";
import { FileIcon } from "#renderer/parts/media/file-icon.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import { FileTitle } from "#renderer/parts/media/file-title.tsx";
import { stateWords, type PreviewFile } from "./preview-file.ts";
import type { PreviewActions } from "./use-preview-actions.ts";
import type { PreviewList } from "./use-preview-list.ts";

/** The line above the file: what it is, where it stands, what can be done. */
export function PreviewHead(props: {
  readonly file: PreviewFile | null;
  readonly list: PreviewList;
  readonly actions: PreviewActions;
  readonly details: boolean;
  readonly onDetails: () => void;
}) {
  const { file, list, actions } = props;
  const get = actions.download ?? actions.save;
  return (
    <header className="preview__head">
      {file !== null && <FileIcon mediaType={file.mediaType} />}
      <div className="preview__words">
        <Heading slot="title" level={2} className="preview__title">
          {file === null ? "Preview" : <FileTitle name={file.name} />}
        </Heading>
        {file !== null && (
          <p className="preview__facts">
            {sizeWords(file.size)} · {stateWords(file)}
          </p>
        )}
      </div>
      {/* What stands alone has nowhere to go. */}
      <div
        className="preview__walk"
        hidden={list.before === null && list.after === null}
      >
        <IconButton
          icon={ChevronLeft}
          label="Previous file"
          keys={keyWords("Alt+↑")}
          disabled={list.before === null}
          onPress={() => list.before?.()}
        />
        {list.count !== null && (
          <span className="preview__count">
            {list.count.at} of {list.count.of}
          </span>
        )}
        <IconButton
          icon={ChevronRight}
          label="Next file"
          keys={keyWords("Alt+↓")}
          disabled={list.after === null}
          onPress={() => list.after?.()}
        />
      </div>
      <div className="preview__actions">
        {actions.openElsewhere !== null && (
          <IconButton
            icon={SquareArrowOutUpRight}
            label="Open in another app"
            keys={keyWords("Mod+Enter")}
            onPress={actions.openElsewhere}
          />
        )}
        {actions.showInFolder !== null && (
          <IconButton
            icon={FolderSearch}
            label="Show in folder"
            keys={keyWords("Mod+Shift+R")}
            onPress={actions.showInFolder}
          />
        )}
        {get !== null && (
          <IconButton
            icon={Download}
            label={actions.download === null ? "Save a copy" : "Download"}
            keys={keyWords("Mod+D")}
            onPress={get}
          />
        )}
        <IconButton
          icon={Info}
          label="Details"
          keys={keyWords("Alt+Enter")}
          pressed={props.details}
          onPress={props.onDetails}
        />
        <IconButton icon={X} label="Close" keys="Esc" onPress={actions.close} />
      </div>
    </header>
  );
}
