import { Pin } from "lucide-react";
import type { FreeableFile } from "#core/contract/keeping-models.ts";
import { FileTitle } from "#renderer/parts/media/file-title.tsx";
import { FileIcon } from "#renderer/parts/media/file-icon.tsx";
import { To } from "#renderer/routing/router.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { sizeWords } from "#renderer/words/size.ts";

/** One file that can be freed: what it is, where it is from, how large it is. */
export function FreeableRow(props: {
  readonly file: FreeableFile;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}) {
  const { file } = props;
  const end = file.path.lastIndexOf("/");
  return (
    <li className="freeable">
      <Checkbox
        label={`Select ${foreignLine(file.name)}, ${sizeWords(file.size)}`}
        on={props.isChosen}
        onChange={props.onToggle}
      />
      <FileIcon mediaType={file.mediaType} />
      <div className="freeable__words">
        <p className="freeable__name">
          <FileTitle name={file.name} />
        </p>
        <p className="freeable__from">
          <To
            route={{
              screen: "collection",
              collection: file.collection,
              folder: end === -1 ? "" : file.path.slice(0, end),
            }}
          >
            <Foreign>{file.title}</Foreign>
          </To>
          {" · From "}
          <Foreign>{file.owner.name}</Foreign>
          {file.kept && (
            <span className="freeable__kept">
              <Pin size={14} aria-hidden /> Always kept here
            </span>
          )}
        </p>
      </div>
      <span className="freeable__size">{sizeWords(file.size)}</span>
    </li>
  );
}
