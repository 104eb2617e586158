import { useId } from "react";
import type { SpaceId } from "#core/contract/ids.ts";
import type { CopiesPage } from "#core/contract/copies-models.ts";
import { useKeptState } from "#renderer/core/use-core-state.ts";
import { useNow } from "#renderer/ui/clock.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import {
  everybodyWords,
  onlyHereWords,
  onlyOneWords,
  unseenWords,
} from "#renderer/words/file-copies.ts";
import { CopiesPerson, CopiesYou } from "./copies-person.tsx";
import "./copies-section.css";

/**
 * Who has a copy of a collection, a folder of it or a file: one line, what is
 * in danger, and each person behind a fold (or at once, in a side panel).
 */
export function CopiesSection(props: {
  readonly collection: SpaceId;
  readonly path: string;
  readonly isOpen?: boolean;
}) {
  const { collection, path } = props;
  const page = useKeptState(
    "copies",
    { collection, path },
    `${collection}/${path}`,
  );
  // Counting takes a moment; a blank that jumps would be worse than a line later.
  if (page === undefined || page === null) return null;
  return <Copies page={page} isOpen={props.isOpen ?? false} />;
}

function Copies(props: {
  readonly page: CopiesPage;
  readonly isOpen: boolean;
}) {
  const { page } = props;
  const now = useNow(30_000);
  const heading = useId();
  const onlyHere = onlyHereWords(page);
  const onlyOne = onlyOneWords(page, now);
  const unseen = unseenWords(page);
  return (
    <section className="holders" aria-labelledby={heading}>
      <details open={props.isOpen}>
        <summary className="holders__summary">
          <h2 className="holders__title" id={heading}>
            Who has a copy
          </h2>
          <span>{everybodyWords(page)}</span>
        </summary>
        <ul className="holders__people">
          <CopiesYou page={page} />
          {page.people.map((it) => (
            <CopiesPerson
              key={it.person.person}
              it={it}
              page={page}
              now={now}
            />
          ))}
        </ul>
        <p className="holders__grounds">
          Only copies that were seen count: a part of the file came from that
          person and passed its check, or they took it from here.
        </p>
      </details>
      {onlyHere !== null && <Notice tone="warn">{onlyHere}</Notice>}
      {onlyOne.length > 0 && (
        <Notice tone="warn">
          {onlyOne.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Notice>
      )}
      {unseen !== null && <p className="holders__unseen">{unseen}</p>}
    </section>
  );
}
