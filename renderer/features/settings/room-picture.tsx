import type { ReactNode } from "react";
import { useState } from "react";
import type { RoomState } from "#core/contract/keeping-models.ts";
import { To } from "#renderer/routing/router.tsx";
import { Choices } from "#renderer/ui/choices.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { kindWords, usedWords } from "#renderer/words/room.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";
import "./room-picture.css";

type View = "people" | "collections" | "kinds";

interface Row {
  readonly key: string;
  readonly name: ReactNode;
  readonly bytes: number;
  readonly more: string;
}

function rowsOf(room: RoomState, view: View): readonly Row[] {
  switch (view) {
    case "people":
      return room.people.map(({ person, files, bytes }) => ({
        key: person.person,
        name: <Foreign>{person.name}</Foreign>,
        bytes,
        more: plural(files, "file"),
      }));
    case "collections":
      return room.collections.map((one) => ({
        key: one.collection,
        name: (
          <To
            route={{
              screen: "collection",
              collection: one.collection,
              folder: "",
            }}
          >
            <Foreign>{one.title}</Foreign>
          </To>
        ),
        bytes: one.bytes,
        more:
          one.kept === 0
            ? plural(one.files, "file")
            : `${plural(one.files, "file")}, ${sizeWords(one.kept)} always kept`,
      }));
    case "kinds":
      return room.kinds.map(({ kind, files, bytes }) => ({
        key: kind,
        name: kindWords(kind),
        bytes,
        more: plural(files, "file"),
      }));
  }
}

/** Who and what takes the room the app may use. */
export function RoomPicture(props: { readonly room: RoomState }) {
  const { room } = props;
  const [view, setView] = useState<View>("people");
  const rows = [
    ...rowsOf(room, view),
    {
      key: "attachments",
      name: "Pictures and files of posts",
      bytes: room.attachments,
      more: "",
    },
    {
      key: "versions",
      name: "Earlier versions of files",
      bytes: room.versions.bytes,
      more: plural(room.versions.versions, "version"),
    },
    {
      key: "records",
      name: "Posts and lists",
      bytes: room.records,
      more: "what the app needs to work",
    },
  ].filter(({ bytes }) => bytes > 0);
  const most = Math.max(1, ...rows.map(({ bytes }) => bytes));
  const part = Math.min(1, room.used / Math.max(1, room.limit));
  return (
    <div className="room">
      <div className="room__sum">
        <p className="room__used">{usedWords(room)}</p>
        <p className="room__free">
          {sizeWords(room.diskFree)} free on this disk
        </p>
      </div>
      <div
        className="room__bar"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn, not a file
        role="img"
        aria-label={`${Math.round(part * 100)} percent of the limit`}
      >
        <span style={{ inlineSize: `${part * 100}%` }} />
      </div>
      <Choices
        label="Show by"
        value={view}
        onChange={setView}
        choices={[
          { id: "people", words: "By person" },
          { id: "collections", words: "By collection" },
          { id: "kinds", words: "By kind" },
        ]}
      />
      <ul className="room__rows" aria-label="What takes the room">
        {rows.map(({ key, name, bytes, more }) => (
          <li key={key} className="room__row">
            <span className="room__name">{name}</span>
            <span className="room__size">{sizeWords(bytes)}</span>
            <span
              className="room__part"
              aria-hidden
              style={{ inlineSize: `${Math.max(0.5, (bytes / most) * 100)}%` }}
            />
            {more !== "" && <span className="room__more">{more}</span>}
          </li>
        ))}
      </ul>
      {room.yours > 0 && (
        <p className="room__yours">
          Your own shared folders: {sizeWords(room.yours)}. Yours, not counted.
        </p>
      )}
    </div>
  );
}
