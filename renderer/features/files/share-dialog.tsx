import { useState } from "react";
import {
  Files,
  FolderOpen,
  Link2,
  UserRoundCheck,
  UsersRound,
} from "lucide-react";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { ShareAudience } from "#core/contract/collection-methods.ts";
import type { Grant } from "#core/contract/models.ts";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { useKeptState } from "#renderer/core/use-core-state.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { usePickFolder } from "#renderer/parts/folder/use-pick-folder.tsx";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Choices } from "#renderer/ui/choices.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { plural } from "#renderer/words/time.ts";
import { ContactTicks } from "./contact-ticks.tsx";
import { ExcludesChoice } from "./excludes-choice.tsx";
import { useExcludes } from "./use-excludes.ts";
import type { ExcludesForm } from "./use-excludes.ts";
import "./share-dialog.css";

const TITLE_CHARACTERS = 200;
const ABOUT_CHARACTERS = 2000;

const audiences = [
  { id: "contacts", words: "All contacts", icon: UsersRound },
  { id: "chosen", words: "Chosen contacts", icon: UserRoundCheck },
  {
    id: "link",
    words: "Everyone with the link",
    icon: Link2,
    hint: "Anyone it is passed on to can take a copy.",
  },
] as const;

/** A first choice that surprises nobody: what is hidden stays hidden. */
const FIRST_EXCLUDES = { hidden: true, temporary: true, patterns: [] } as const;

/** Shares a folder: which, what of it, under what title, with whom. */
export function ShareDialog(props: {
  readonly folder: Grant | null;
  /** Files to share instead, that lie in one folder. */
  readonly files?: readonly Grant[];
  /** Who it is for, to begin with. */
  readonly people?: readonly PersonId[];
  readonly onClose: () => void;
}) {
  const { onClose, files = [], people: first = [] } = props;
  const isFiles = files.length > 0;
  const [folder, setFolder] = useState(props.folder);
  const [title, setTitle] = useState(
    props.folder?.name ?? files[0]?.name ?? "",
  );
  const [about, setAbout] = useState("");
  const [audience, setAudience] = useState<ShareAudience["kind"]>(
    first.length === 0 ? "contacts" : "chosen",
  );
  const [people, setPeople] = useState(first);
  const [mayWrite, setMayWrite] = useState(false);
  const act = useAct();
  const excluding = useExcludes(FIRST_EXCLUDES);
  const share = useTask("shareFolder");
  const { go } = useRouter();
  const { open } = useOverlays();
  const toast = useToast();
  const { pick, chooser } = usePickFolder((chosen) => {
    setFolder(chosen);
    share.clear();
    if (title.trim() === "" || title === folder?.name) setTitle(chosen.name);
  });
  const shareFiles = useTask("shareFiles");
  const isReady =
    (folder !== null || isFiles) &&
    title.trim() !== "" &&
    title.trim().length <= TITLE_CHARACTERS &&
    about.trim().length <= ABOUT_CHARACTERS &&
    (audience !== "chosen" || people.length > 0);

  const done = ({ collection }: { readonly collection: SpaceId }) => {
    if (audience === "chosen" && mayWrite)
      act("setWriters", { collection, people });
    onClose();
    go({ screen: "collection", collection, folder: "" });
    toast({
      words: isFiles
        ? "The files are being read. Others see them as it goes."
        : "The folder is being read. Others see it as it goes.",
      action: {
        words: "Show transfers",
        run: () => open({ kind: "transfers" }),
      },
    });
  };
  const submit = () => {
    if (!isReady) return;
    const words = {
      title: title.trim(),
      about: about.trim(),
      audience:
        audience === "chosen"
          ? ({ kind: audience, people } as const)
          : ({ kind: audience } as const),
    };
    if (isFiles)
      shareFiles.run(
        { ...words, files: files.map(({ grant }) => grant) },
        done,
      );
    else if (folder !== null)
      share.run(
        { ...words, folder: folder.grant, excludes: excluding.excludes },
        done,
      );
  };
  return (
    <ModalDialog
      title={isFiles ? "Share files" : "Share a folder"}
      open
      onClose={onClose}
    >
      <form
        className="share"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {isFiles ? (
          <ChosenFiles files={files} />
        ) : (
          <div className="share__folder">
            <FolderOpen size={22} aria-hidden />
            <span className="share__name">
              {folder === null ? (
                "No folder chosen yet"
              ) : (
                <Foreign>{folder.name}</Foreign>
              )}
            </span>
            <Button
              onPress={pick}
              kind={folder === null ? "primary" : "secondary"}
            >
              {folder === null ? "Choose folder" : "Choose another"}
            </Button>
          </div>
        )}
        {folder !== null && (
          <CountedExcludes folder={folder} form={excluding} />
        )}
        <Field
          label="Title"
          value={title}
          onChange={setTitle}
          error={
            title.trim().length > TITLE_CHARACTERS
              ? `This is too long. Use at most ${TITLE_CHARACTERS} letters.`
              : null
          }
        />
        <Field
          label="About (optional)"
          value={about}
          onChange={setAbout}
          lines={2}
          placeholder="What is in it, for those who come across it"
          error={
            about.trim().length > ABOUT_CHARACTERS
              ? `This is too long. Use at most ${ABOUT_CHARACTERS} letters.`
              : null
          }
        />
        <Choices
          label="For"
          showLabel
          look="cards"
          value={audience}
          onChange={setAudience}
          choices={audiences}
        />
        {audience === "chosen" && (
          <ContactTicks chosen={people} onChange={setPeople} />
        )}
        {audience === "chosen" && people.length > 0 && (
          <Checkbox
            label="They may add and change things"
            on={mayWrite}
            onChange={setMayWrite}
          >
            They may add and change things
          </Checkbox>
        )}
        <ErrorNotice error={share.error ?? shareFiles.error} />
        <ButtonRow>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            kind="primary"
            type="submit"
            pending={share.pending || shareFiles.pending}
            disabled={!isReady}
          >
            Share
          </Button>
        </ButtonRow>
      </form>
      {chooser}
    </ModalDialog>
  );
}

/** Counts the folder while it is looked at; closing the dialog ends the counting. */
function CountedExcludes(props: {
  readonly folder: Grant;
  readonly form: ExcludesForm;
}) {
  const { folder, form } = props;
  const preview = useKeptState(
    "sharePreview",
    {
      folder: { kind: "grant", grant: folder.grant },
      excludes: form.counted,
    },
    folder.grant,
  );
  return (
    <ExcludesChoice
      excludes={form.excludes}
      onChange={form.setExcludes}
      patterns={form.patterns}
      onPatterns={form.setPatterns}
      preview={preview}
    />
  );
}

/** Files that become a collection where they lie. */
function ChosenFiles(props: { readonly files: readonly Grant[] }) {
  const { files } = props;
  const [first] = files;
  return (
    <div className="share__folder">
      <Files size={22} aria-hidden />
      <span className="share__name">
        {files.length === 1 && first !== undefined ? (
          <Foreign>{first.name}</Foreign>
        ) : (
          plural(files.length, "file")
        )}
      </span>
      <span className="share__none">
        Nothing else of their folder is shared.
      </span>
    </div>
  );
}
