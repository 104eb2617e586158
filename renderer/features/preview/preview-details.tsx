import type { ReactNode } from "react";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import { exactTime, plural } from "#renderer/words/time.ts";
import { stateWords, type PreviewFile } from "./preview-file.ts";
import { kindWords } from "#renderer/parts/media/kind-words.ts";

/** What is known about the file, beside it. */
export function PreviewDetails(props: { readonly file: PreviewFile }) {
  const { file } = props;
  const { place } = file;
  const folder =
    place === null ? "" : place.path.split("/").slice(0, -1).join(" / ");
  return (
    <aside className="preview__details" aria-label="Details">
      <dl className="details">
        <Fact term="Name">
          <Foreign>{file.name}</Foreign>
        </Fact>
        <Fact term="Kind">{kindWords(file)}</Fact>
        <Fact term="Size">
          {sizeWords(file.size)}
          {file.size >= 1000 && ` (${plural(file.size, "byte")})`}
        </Fact>
        {file.changedAt !== null && (
          <Fact term="Changed">{exactTime(file.changedAt)}</Fact>
        )}
        <Fact term="From">
          {file.from.isMe ? "You" : <Foreign>{file.from.name}</Foreign>}
        </Fact>
        {folder !== "" && (
          <Fact term="Folder">
            <Foreign>{folder}</Foreign>
          </Fact>
        )}
        <Fact term="State">{stateWords(file)}</Fact>
        {file.alt !== "" && (
          <Fact term="Description">
            <Foreign>{file.alt}</Foreign>
          </Fact>
        )}
      </dl>
    </aside>
  );
}

function Fact(props: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="details__fact">
      <dt>{props.term}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
