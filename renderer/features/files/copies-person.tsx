import { HardDrive, TriangleAlert } from "lucide-react";
import type { CopiesPage, PersonCopies } from "#core/contract/copies-models.ts";
import { PersonName } from "#renderer/parts/person/person-name.tsx";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { Progress } from "#renderer/ui/progress.tsx";
import {
  groundsWords,
  reachWords,
  shareOf,
  shareWords,
} from "#renderer/words/file-copies.ts";

/** What one person has. */
export function CopiesPerson(props: {
  readonly it: PersonCopies;
  readonly page: CopiesPage;
  readonly now: number;
}) {
  const { it, page, now } = props;
  const grounds = groundsWords(it);
  const isCaught = it.caughtAt !== null && it.says.files > 0;
  return (
    <li className="holders__person">
      <PersonPicture person={it.person} size={32} />
      <span className="holders__who">
        {it.person.isMe ? (
          "Another computer of yours"
        ) : (
          <PersonName person={it.person} />
        )}
        <span className="holders__reach">{reachWords(it, now)}</span>
      </span>
      <Bar part={shareOf(it, page)} words={shareWords(it, page)} />
      {grounds !== null && (
        <span
          className={cx("holders__note", isCaught && "holders__note--warn")}
        >
          {isCaught && <TriangleAlert size={14} aria-hidden />}
          {grounds}
        </span>
      )}
    </li>
  );
}

/** What is on this computer. */
export function CopiesYou(props: { readonly page: CopiesPage }) {
  const { page } = props;
  const { files, bytes } = page.here;
  const isAll = files === page.all.files;
  const part = isAll ? 1 : bytes / Math.max(1, page.all.bytes);
  const percent = Math.floor(Math.min(part, 0.99) * 100);
  return (
    <li className="holders__person">
      <span className="holders__device" aria-hidden>
        <HardDrive size={18} />
      </span>
      <span className="holders__who">
        You
        <span className="holders__reach">On this computer</span>
      </span>
      <Bar
        part={part}
        words={
          isAll
            ? page.all.files === 1
              ? "have it"
              : "have everything"
            : files === 0
              ? "have nothing yet"
              : percent === 0
                ? "have less than 1 %"
                : `have ${percent} %`
        }
      />
    </li>
  );
}

function Bar(props: { readonly part: number; readonly words: string }) {
  return (
    <span className="holders__share">
      <Progress
        label="Share of the whole"
        part={props.part}
        tone={props.part >= 1 ? "moving" : "resting"}
      />
      <span>{props.words}</span>
    </span>
  );
}
