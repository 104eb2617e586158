import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { LeftOutItem } from "#core/contract/watching-models.ts";
import { PersonName } from "#renderer/parts/person/person-name.tsx";
import { Ago } from "#renderer/ui/ago.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Markdown } from "#renderer/ui/markdown.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Progress } from "#renderer/ui/progress.tsx";
import { extentWords, forWords, hereWords } from "#renderer/words/files.ts";
import { plural } from "#renderer/words/time.ts";
import { leftOutWords, unnamedWords } from "#renderer/words/watching.ts";
import { WatchBar } from "./watch-bar.tsx";

/** What a collection is, how much of it is here, and what is amiss. */
export function CollectionFacts(props: {
  readonly row: CollectionRow;
  readonly leftOut: readonly LeftOutItem[];
}) {
  const { row, leftOut } = props;
  const unnamed = unnamedWords(
    leftOut.filter(({ kind }) => kind === "name").length,
  );
  const part = row.bytes === 0 ? 0 : row.bytesHere / row.bytes;
  return (
    <div className="collection__facts">
      {row.about !== "" && <Markdown text={row.about} />}
      <p className="collection__lines">
        {!row.mine && (
          <span>
            From <PersonName person={row.owner} />
          </span>
        )}
        {row.audience !== null && <span>{forWords(row.audience)}</span>}
        <span>{extentWords(row)}</span>
        <span>
          Changed <Ago at={row.changedAt} />
        </span>
        {row.folderName !== null && (
          <span>
            Folder: <Foreign>{row.folderName}</Foreign>
          </span>
        )}
      </p>
      {!row.mine && row.files > 0 && (
        <div className="collection__here">
          <Progress
            label="On this computer"
            part={part}
            tone={part >= 1 ? "moving" : "resting"}
          />
          <span>{hereWords(row)}</span>
        </div>
      )}
      <WatchBar row={row} />
      {unnamed !== null && <Notice tone="warn">{unnamed}</Notice>}
      {leftOut.length > 0 && (
        <details className="collection__left-out">
          <summary>{plural(leftOut.length, "file")} left out</summary>
          <p>
            Links and special files cannot be shared, nor files whose names
            cannot be read.
          </p>
          <ul>
            {leftOut.map(({ path, kind }) => (
              <li key={path}>
                <Foreign>{path}</Foreign>, {leftOutWords(kind)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
