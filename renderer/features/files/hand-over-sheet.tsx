import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { use, useRef, useState } from "react";
import {
  ArrowLeft,
  Files,
  Folder,
  FolderInput,
  FolderOpen,
  PenLine,
  UsersRound,
} from "lucide-react";
import { Button as Press } from "react-aria-components";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import { POST_ATTACHMENTS } from "#core/contract/limits.ts";
import type { Grant } from "#core/contract/models.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { usePickFolder } from "#renderer/parts/folder/use-pick-folder.tsx";
import { AttachContext } from "#renderer/parts/place/drop-target.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ModalDialog } from "#renderer/ui/dialog.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { extentWords } from "#renderer/words/files.ts";
import { plural } from "#renderer/words/time.ts";
import { CopyDialog } from "./copy-dialog.tsx";
import { HandedItems } from "./handed-items.tsx";
import { useGrants } from "./use-grants.ts";
import "./hand-over.css";

const NOTHING: readonly File[] = [];

/** What should happen with files or a folder: dropped on the window, or chosen here. The way that needs no dragging. */
export function HandOverSheet(props: {
  /** None yet: they are chosen first. */
  readonly files: readonly File[];
  /** What the core has of them already. */
  readonly grants?: readonly Grant[] | undefined;
  readonly onClose: () => void;
}) {
  const { onClose } = props;
  const [files, setFiles] = useState(props.files);
  const [folder, setFolder] = useState<Grant | null>(null);
  const [into, setInto] = useState<CollectionRow | null>(null);
  const { go } = useRouter();
  const isAsked = folder === null && props.grants === undefined;
  const handed = useGrants(isAsked ? files : NOTHING);
  const grants = folder === null ? (props.grants ?? handed?.grants) : [folder];
  if (into !== null)
    return (
      <CopyDialog
        row={into}
        grants={grants ?? []}
        onClose={onClose}
        onDone={() =>
          go({ screen: "collection", collection: into.collection, folder: "" })
        }
      />
    );
  const isChosen = folder !== null || files.length > 0;
  return (
    <ModalDialog
      title={isChosen ? "What should happen with this?" : "Share files"}
      open
      onClose={onClose}
    >
      {!isChosen ? (
        <Choosing onFiles={setFiles} onFolder={setFolder} />
      ) : grants === undefined ? (
        <Skeleton shape="row" label="Taking the files…" />
      ) : (
        <Handed
          files={files}
          grants={grants}
          refused={folder === null ? (handed?.refused ?? 0) : 0}
          onInto={setInto}
          onClose={onClose}
        />
      )}
    </ModalDialog>
  );
}

/** Files, or a folder, from this computer. */
function Choosing(props: {
  readonly onFiles: (files: readonly File[]) => void;
  readonly onFolder: (folder: Grant) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const { pick, chooser } = usePickFolder(props.onFolder);
  return (
    <div className="hand-over">
      <Way
        icon={Files}
        words="Choose files"
        hint="For a post, or a collection of their own."
        focusFirst
        onPress={() => input.current?.click()}
      />
      <Way
        icon={FolderOpen}
        words="Choose a folder"
        hint="It stays where it is; what you change in it is shared."
        onPress={pick}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to share"
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          if (chosen.length > 0) props.onFiles(chosen);
        }}
      />
      {chooser}
    </div>
  );
}

/** What there is, and where it can go. */
function Handed(props: {
  readonly files: readonly File[];
  readonly grants: readonly Grant[];
  readonly refused: number;
  readonly onInto: (row: CollectionRow) => void;
  readonly onClose: () => void;
}) {
  const { files, grants, refused, onInto, onClose } = props;
  const [isAdding, setAdding] = useState(false);
  const attach = use(AttachContext);
  const { open } = useOverlays();
  const { route } = useRouter();
  const mine = (useCoreState("collections", {}) ?? []).filter(
    (row) => row.mine && !row.folderMissing,
  );
  const here =
    route.screen === "collection"
      ? mine.find((row) => row.collection === route.collection)
      : undefined;
  const others = mine.filter((row) => row !== here);
  const folders = grants.filter(({ size }) => size === null);
  const [folder] = folders;
  const isMixed = folder !== undefined && grants.length > 1;
  const isForPost = folders.length === 0 && grants.length <= POST_ATTACHMENTS;
  if (grants.length === 0)
    return (
      <Notice tone="warn">
        This cannot be taken from here. Nothing was shared.
      </Notice>
    );
  if (isAdding)
    return (
      <Which rows={others} onInto={onInto} onBack={() => setAdding(false)} />
    );
  return (
    <div className="hand-over">
      <HandedItems grants={grants} />
      {refused > 0 && (
        <Notice tone="warn">
          {plural(refused, "item")} cannot be taken from here.
        </Notice>
      )}
      {here !== undefined && (
        <Way
          icon={FolderInput}
          words={
            <>
              Add to “<Foreign>{here.title}</Foreign>”
            </>
          }
          hint="A copy is put into its folder."
          focusFirst
          onPress={() => onInto(here)}
        />
      )}
      <Way
        icon={PenLine}
        words="Post"
        hint={
          isForPost
            ? "Goes along with what you write."
            : folders.length > 0
              ? "A post takes files, but no folders."
              : `A post takes at most ${String(POST_ATTACHMENTS)} files.`
        }
        disabled={!isForPost}
        focusFirst={here === undefined && isForPost}
        onPress={() => {
          onClose();
          attach(files);
        }}
      />
      <Way
        icon={UsersRound}
        words="Share with…"
        hint={
          isMixed
            ? "One folder at a time, or files by themselves."
            : "A collection of its own, for whom you choose."
        }
        disabled={isMixed}
        focusFirst={here === undefined && !isForPost}
        onPress={() =>
          open(
            folder === undefined
              ? { kind: "share", folder: null, files: grants }
              : { kind: "share", folder },
          )
        }
      />
      {others.length > 0 && (
        <Way
          icon={FolderInput}
          words={
            here === undefined
              ? "Add to a collection…"
              : "Add to another collection…"
          }
          hint="A copy is put into a folder you share."
          onPress={() => setAdding(true)}
        />
      )}
    </div>
  );
}

/** Which of my collections. */
function Which(props: {
  readonly rows: readonly CollectionRow[];
  readonly onInto: (row: CollectionRow) => void;
  readonly onBack: () => void;
}) {
  return (
    <div className="hand-over">
      <div>
        <Button
          kind="quiet"
          size="small"
          icon={ArrowLeft}
          onPress={props.onBack}
        >
          Back
        </Button>
      </div>
      <ul className="hand-over__which" aria-label="Your collections">
        {props.rows.map((row, place) => (
          <li key={row.collection}>
            <Way
              icon={Folder}
              words={<Foreign>{row.title}</Foreign>}
              hint={extentWords(row)}
              focusFirst={place === 0}
              onPress={() => props.onInto(row)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One way to go on, with what it means. */
function Way(props: {
  readonly icon: LucideIcon;
  readonly words: ReactNode;
  readonly hint: string;
  readonly disabled?: boolean;
  readonly focusFirst?: boolean;
  readonly onPress: () => void;
}) {
  const Icon = props.icon;
  return (
    <Press
      className="hand-over__way"
      isDisabled={props.disabled ?? false}
      {...(props.focusFirst === true ? { autoFocus: true } : {})}
      onPress={props.onPress}
    >
      <Icon size={20} aria-hidden />
      <span className="hand-over__words">
        <span className="hand-over__what">{props.words}</span>
        <span className="hand-over__hint">{props.hint}</span>
      </span>
    </Press>
  );
}
