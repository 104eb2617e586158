import { useState } from "react";
import { Eraser, HardDrive } from "lucide-react";
import type { SpaceId } from "#core/contract/ids.ts";
import type { FreeableFile } from "#core/contract/keeping-models.ts";
import { useCoreState, useKeptState } from "#renderer/core/use-core-state.ts";
import { RoomNotice } from "#renderer/parts/keeping/room-notice.tsx";
import { useFree } from "#renderer/parts/keeping/use-free.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { freedWords, usedWords } from "#renderer/words/room.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";
import { FreeableRow } from "./freeable-row.tsx";
import { VersionsRow } from "./versions-row.tsx";
import "./room-screen.css";

const STEP = 100;
const MOST = 500;

/** Files of others on this computer, largest first, to be freed. */
export function RoomScreen() {
  const { back } = useRouter();
  const [count, setCount] = useState(STEP);
  const list = useKeptState("freeable", { first: 0, count }, "freeable");
  const room = useCoreState("room", {});
  const { free, undo, dialog } = useFree();
  const [chosen, setChosen] = useState<ReadonlyMap<string, FreeableFile>>(
    new Map(),
  );
  const toggle = (file: FreeableFile) =>
    setChosen((before) => {
      const next = new Map(before);
      if (!next.delete(keyOf(file))) next.set(keyOf(file), file);
      return next;
    });
  // What is gone by now is not chosen any more.
  const files = (list?.items ?? []).filter((file) => chosen.has(keyOf(file)));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const freeChosen = () => {
    const spaces = new Map<SpaceId, string[]>();
    for (const { collection, path } of files)
      spaces.set(collection, [...(spaces.get(collection) ?? []), path]);
    for (const [collection, paths] of spaces) free(collection, paths);
    setChosen(new Map());
  };
  return (
    <Screen title="Free up space" width="wide" onBack={back}>
      <div className="room-screen">
        <RoomNotice hideFree />
        <p className="room-screen__words">
          {room !== undefined && room !== null && `${usedWords(room)}. `}
          Freed files leave this computer and stay listed; others still have
          them. Your own shared folders are not touched.
        </p>
        {room?.undo !== undefined && room.undo !== null && (
          <UndoNotice
            words={freedWords(room.undo)}
            onUndo={() => {
              if (room.undo !== null) undo(room.undo.batch);
            }}
          />
        )}
        {room !== undefined && room !== null && (
          <VersionsRow sum={room.versions} />
        )}
        {list === undefined || list === null ? (
          <Skeleton shape="row" label="Reading files…" />
        ) : list.total === 0 ? (
          <Empty icon={HardDrive} title="Nothing to free up.">
            Files you download from others show up here, the largest first.
          </Empty>
        ) : (
          <>
            <div className="room-screen__bar" aria-live="polite">
              <span>
                {files.length === 0
                  ? plural(list.total, "file")
                  : `${plural(files.length, "file")} selected, ${sizeWords(bytes)}`}
              </span>
              <Button
                kind="primary"
                icon={Eraser}
                disabled={files.length === 0}
                onPress={freeChosen}
              >
                {files.length === 0 ? "Free up" : `Free up ${sizeWords(bytes)}`}
              </Button>
            </div>
            <ul className="room-screen__list" aria-label="Files, largest first">
              {list.items.map((file) => (
                <FreeableRow
                  key={keyOf(file)}
                  file={file}
                  isChosen={chosen.has(keyOf(file))}
                  onToggle={() => toggle(file)}
                />
              ))}
            </ul>
            {list.total > list.items.length && count < MOST && (
              <Button onPress={() => setCount(Math.min(MOST, count + STEP))}>
                Show more
              </Button>
            )}
          </>
        )}
      </div>
      {dialog}
    </Screen>
  );
}

function UndoNotice(props: {
  readonly words: string;
  readonly onUndo: () => void;
}) {
  return (
    <Notice
      action={
        <Button size="small" onPress={props.onUndo}>
          Undo
        </Button>
      }
    >
      {props.words}
    </Notice>
  );
}

function keyOf({ collection, path }: FreeableFile): string {
  return `${collection} ${path}`;
}
