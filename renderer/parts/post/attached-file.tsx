import { CloudDownload, Download } from "lucide-react";
import { Button as Press } from "react-aria-components";
import type { Attachment } from "#core/contract/feed-models.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { FileIcon } from "#renderer/parts/media/file-icon.tsx";
import { previewKind } from "#renderer/parts/media/preview-kind.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { sizeWords } from "#renderer/words/size.ts";

/** One attached file: name, size, whether it is here, and a way to keep it. Sounds and films play in place. */
export function AttachedFile(props: {
  readonly file: Attachment;
  readonly onOpen: () => void;
}) {
  const { file } = props;
  const { fileUrl } = useShell();
  const address = fileUrl(file.root, file.name);
  const kind = previewKind(file.name, file.mediaType);
  return (
    <div className="file-row">
      <FileIcon mediaType={file.mediaType} />
      <div className="file-row__words">
        <Press className="file-row__name" onPress={props.onOpen}>
          <Foreign>{file.name}</Foreign>
        </Press>
        <span className="file-row__state">
          {sizeWords(file.size)}
          {" · "}
          {file.here ? "On this computer" : "Not downloaded"}
        </span>
      </div>
      <a
        className="file-row__save"
        href={address}
        download={foreignLine(file.name)}
        aria-label={`Save ${foreignLine(file.name)}`}
      >
        {file.here ? (
          <Download size={18} aria-hidden />
        ) : (
          <CloudDownload size={18} aria-hidden />
        )}
        <span>{file.here ? "Save" : "Get"}</span>
      </a>
      {kind === "sound" && (
        <audio
          className="file-row__player"
          src={address}
          controls
          preload="none"
        >
          <track kind="captions" />
        </audio>
      )}
      {kind === "film" && (
        <video
          className="file-row__player"
          src={address}
          controls
          preload="none"
        >
          <track kind="captions" />
        </video>
      )}
    </div>
  );
}
