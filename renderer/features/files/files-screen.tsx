import { useRef, useState } from "react";
import { FolderInput, FolderUp, Search } from "lucide-react";
import { keyWords } from "#renderer/commands/keys.ts";
import { useCommand } from "#renderer/commands/use-command.tsx";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { CollectionCard } from "#renderer/parts/collection/collection-card.tsx";
import { useDropTarget } from "#renderer/parts/place/drop-target.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Choices } from "#renderer/ui/choices.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { To } from "#renderer/routing/router.tsx";
import { usedWords } from "#renderer/words/room.ts";
import "./files-screen.css";

type Tab = "mine" | "others";

/** Fewer are found with the eye. */
const FIND_FROM = 6;

/** Every collection: those I share, and those others share with me. */
export function FilesScreen() {
  const collections = useCoreState("collections", {});
  const { open } = useOverlays();
  const shell = useShell();
  const toast = useToast();
  const [chosen, setChosen] = useState<Tab | null>(null);
  const [wanted, setWanted] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useCommand("find", () => field.current?.focus());
  const share = () => open({ kind: "share", folder: null });
  const noFolder = () =>
    toast({
      words:
        "This folder cannot be taken from here. Choose it with Share a folder.",
    });
  useDropTarget({
    words: "Drop a folder, or some files, to share them",
    drop: (files) => {
      const [only] = files;
      if (files.length !== 1 || only === undefined)
        open({ kind: "hand-over", files });
      else
        shell.grant(only).then((folder) => {
          if (folder === null) noFolder();
          // A folder has no size of its own.
          else if (folder.size === null) open({ kind: "share", folder });
          // In a browser its bytes were sent for that: not a second time.
          else open({ kind: "hand-over", files, grants: [folder] });
        }, noFolder);
    },
  });
  const mine = (collections ?? []).filter((row) => row.mine);
  const others = (collections ?? []).filter((row) => !row.mine);
  // What is there is shown first; afterwards the choice stands.
  const tab =
    chosen ?? (mine.length === 0 && others.length > 0 ? "others" : "mine");
  const room = useCoreState("room", {});
  const used =
    room === undefined || room === null ? "Free up space" : usedWords(room);
  const all = tab === "mine" ? mine : others;
  const needle = wanted.trim().toLocaleLowerCase();
  const shown = all.filter(({ title, owner }) =>
    `${title}\n${owner.name}`.toLocaleLowerCase().includes(needle),
  );
  const isLong = mine.length + others.length > FIND_FROM;
  return (
    <Screen
      title="Files"
      actions={
        <Button kind="primary" icon={FolderUp} onPress={share}>
          Share a folder
        </Button>
      }
    >
      <div className="files">
        <div className="files__bar">
          <Choices
            label="Show"
            value={tab}
            onChange={setChosen}
            choices={[
              { id: "mine", words: "Shared by me" },
              { id: "others", words: "Shared with me" },
            ]}
          />
          {isLong && (
            <Field
              ref={field}
              label="Find a collection"
              hideLabel
              placeholder={`Find (${keyWords("Mod+F")})`}
              kind="search"
              value={wanted}
              onChange={setWanted}
              onEscape={() => setWanted("")}
            />
          )}
        </div>
        <p className="files__room">
          <To route={{ screen: "room" }}>{used}</To>
        </p>
        {collections === undefined ? (
          <Skeleton shape="row" label="Reading collections…" />
        ) : shown.length > 0 ? (
          <ul className="files__list" aria-label="Collections">
            {shown.map((row) => (
              <CollectionCard key={row.collection} row={row} />
            ))}
          </ul>
        ) : all.length > 0 ? (
          <Empty
            icon={Search}
            title="No collection is called that."
            actions={<Button onPress={() => setWanted("")}>Show all</Button>}
          />
        ) : tab === "mine" ? (
          <div className="files__drop">
            <Empty
              icon={FolderUp}
              title="Drop a folder here to share it"
              actions={<Button onPress={share}>Choose folder</Button>}
            >
              It stays where it is on this computer. Others can take a copy, and
              see what you change.
            </Empty>
          </div>
        ) : (
          <Empty icon={FolderInput} title="Nothing shared with you yet.">
            Collections of your contacts show up here, and those whose link you
            open.
          </Empty>
        )}
      </div>
    </Screen>
  );
}
