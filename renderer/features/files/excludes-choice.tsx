import type {
  FolderExcludes,
  SharePreview,
} from "#core/contract/watching-models.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import {
  countWords,
  emptyFoldersWords,
  leftOutWords,
  previewWords,
  unnamedWords,
} from "#renderer/words/watching.ts";
import { plural } from "#renderer/words/time.ts";
import "./excludes-choice.css";

/** What is left out of a folder, with a live count of what that means. */
export function ExcludesChoice(props: {
  readonly excludes: FolderExcludes;
  readonly onChange: (excludes: FolderExcludes) => void;
  /** The patterns as they are being written. */
  readonly patterns: string;
  readonly onPatterns: (text: string) => void;
  readonly preview: SharePreview | null | undefined;
}) {
  const { excludes, onChange, preview } = props;
  const unnamed = unnamedWords(preview?.unnamed ?? 0);
  const empty = emptyFoldersWords(preview?.emptyFolders ?? 0);
  return (
    <section className="excludes" aria-label="What is shared">
      <output className="excludes__count">{previewWords(preview)}</output>
      {empty !== null && <p className="excludes__empty">{empty}</p>}
      {unnamed !== null && <Notice tone="warn">{unnamed}</Notice>}
      <div className="excludes__choices">
        <Tick
          label="Leave out hidden files"
          count={preview?.hidden.files ?? 0}
          on={excludes.hidden}
          onChange={(hidden) => onChange({ ...excludes, hidden })}
        />
        <Tick
          label="Leave out temporary files"
          count={preview?.temporary.files ?? 0}
          on={excludes.temporary}
          onChange={(temporary) => onChange({ ...excludes, temporary })}
        />
      </div>
      <details className="excludes__more">
        <summary>See what is left out, and choose by name</summary>
        <Field
          label="Leave out by name (optional)"
          value={props.patterns}
          onChange={props.onPatterns}
          placeholder="*.tmp, drafts/**"
          hint={
            (preview?.patterns.files ?? 0) > 0
              ? `Leaves out ${countWords(preview?.patterns ?? { files: 0, bytes: 0 })}.`
              : "A star stands for any letters. Several with commas between them."
          }
        />
        <LeftOutList preview={preview} />
      </details>
    </section>
  );
}

function Tick(props: {
  readonly label: string;
  readonly count: number;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <Checkbox label={props.label} on={props.on} onChange={props.onChange}>
      {props.label}
      <span className="excludes__number">
        {props.count === 0 ? "none" : props.count.toLocaleString("en")}
      </span>
    </Checkbox>
  );
}

function LeftOutList(props: {
  readonly preview: SharePreview | null | undefined;
}) {
  const { preview } = props;
  if (preview === null || preview === undefined || preview.leftOut.length === 0)
    return null;
  return (
    <div className="excludes__left-out">
      <p>
        Left out
        {preview.unshareable > 0 &&
          `, ${plural(preview.unshareable, "link or special file", "links and special files")} among it`}
        :
      </p>
      <ul>
        {preview.leftOut.map(({ path, kind }) => (
          <li key={path}>
            <Foreign>{path}</Foreign>
            <span>{leftOutWords(kind)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
