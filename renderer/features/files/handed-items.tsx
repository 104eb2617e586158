import { File as FileIcon, Folder } from "lucide-react";
import type { Grant } from "#core/contract/models.ts";
import { useKeptState } from "#renderer/core/use-core-state.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";
import { previewWords } from "#renderer/words/watching.ts";
import "./hand-over.css";

/** Names that are shown; the rest is counted. */
const SHOWN = 6;

/** What was dropped or chosen; folders are counted while one looks. */
export function HandedItems(props: {
  readonly grants: readonly Grant[];
  /** Hidden files of folders stay out. */
  readonly withoutHidden?: boolean;
}) {
  const { grants, withoutHidden = false } = props;
  const rest = grants.slice(SHOWN);
  const bytes = rest.reduce((sum, { size }) => sum + (size ?? 0), 0);
  return (
    <ul className="handed" aria-label="Files">
      {grants.slice(0, SHOWN).map((grant) => {
        const Icon = grant.size === null ? Folder : FileIcon;
        return (
          <li key={grant.grant} className="handed__item">
            <Icon size={18} aria-hidden />
            <span className="handed__name">
              <Foreign>{grant.name}</Foreign>
            </span>
            {grant.size === null ? (
              <Counted grant={grant} withoutHidden={withoutHidden} />
            ) : (
              <span className="handed__count">{sizeWords(grant.size)}</span>
            )}
          </li>
        );
      })}
      {rest.length > 0 && (
        <li className="handed__item">
          <span className="handed__name">
            and {plural(rest.length, "other")}
          </span>
          <span className="handed__count">{sizeWords(bytes)}</span>
        </li>
      )}
    </ul>
  );
}

function Counted(props: {
  readonly grant: Grant;
  readonly withoutHidden: boolean;
}) {
  const { withoutHidden } = props;
  const { grant } = props.grant;
  const preview = useKeptState(
    "sharePreview",
    {
      folder: { kind: "grant", grant },
      excludes: { hidden: withoutHidden, temporary: false, patterns: [] },
    },
    grant,
  );
  const hidden = preview?.hidden.files ?? 0;
  const also =
    hidden === 0
      ? ""
      : withoutHidden
        ? `, without ${hidden.toLocaleString("en")} hidden`
        : `, ${hidden.toLocaleString("en")} of them hidden`;
  return (
    <output className="handed__count">
      {previewWords(preview)}
      {also}
    </output>
  );
}
