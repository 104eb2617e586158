import { useState } from "react";
import { FileQuestion } from "lucide-react";
import { Empty } from "#renderer/ui/empty.tsx";
import { ModalDialog } from "#renderer/ui/dialog.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { mediaOf } from "./media-kind.ts";
import { TextFile } from "./text-file.tsx";
import "./viewer.css";

export interface ViewedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly address: string;
  readonly size: number;
  readonly alt: string;
}

/** Shows one file in the window: a picture, a sound, a film (while it arrives), or text. */
export function Viewer(props: {
  readonly file: ViewedFile | null;
  readonly onClose: () => void;
}) {
  const { file } = props;
  return (
    <ModalDialog
      size="large"
      title={file === null ? "" : foreignLine(file.name)}
      open={file !== null}
      onClose={props.onClose}
    >
      {file !== null && <Shown key={file.address} file={file} />}
    </ModalDialog>
  );
}

function Shown(props: { readonly file: ViewedFile }) {
  const { file } = props;
  const [isAway, setAway] = useState(false);
  const failed = () => setAway(true);
  const kind = mediaOf(file.mediaType);
  if (isAway || kind === "other") {
    return (
      <Empty
        icon={FileQuestion}
        title={
          isAway
            ? "Nobody connected has this now."
            : "Commonplace cannot show this kind of file."
        }
      >
        {isAway
          ? "Nothing is lost. It can be shown when somebody who holds it is online."
          : `${sizeWords(file.size)}. Open it in another app once it is on this computer.`}
      </Empty>
    );
  }
  switch (kind) {
    case "picture":
      return (
        <img
          className="viewer__picture"
          src={file.address}
          alt={file.alt}
          onError={failed}
        />
      );
    case "sound":
      return (
        <audio
          className="viewer__sound"
          src={file.address}
          controls
          onError={failed}
        >
          <track kind="captions" />
        </audio>
      );
    case "film":
      return (
        <video
          className="viewer__picture"
          src={file.address}
          controls
          onError={failed}
        >
          <track kind="captions" />
        </video>
      );
    case "text":
      return <TextFile address={file.address} onAway={failed} />;
  }
}
