import { useState } from "react";
import { FolderOpen, Link2, UserRoundCheck, UsersRound } from "lucide-react";
import type { PersonId } from "#core/contract/ids.ts";
import type { ShareAudience } from "#core/contract/methods.ts";
import type { Grant } from "#core/contract/models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { useKeptState } from "#renderer/core/use-core-state.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { usePickFolder } from "#renderer/parts/folder/use-pick-folder.tsx";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Choices } from "#renderer/ui/choices.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
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
  readonly onClose: () => void;
}) {
  const { onClose } = props;
  const [folder, setFolder] = useState(props.folder);
  const [title, setTitle] = useState(props.folder?.name ?? "");
  const [about, setAbout] = useState("");
  const [audience, setAudience] = useState<ShareAudience["kind"]>("contacts");
  const [people, setPeople] = useState<readonly PersonId[]>([]);
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
  const isReady =
    folder !== null &&
    title.trim() !== "" &&
    title.trim().length <= TITLE_CHARACTERS &&
    about.trim().length <= ABOUT_CHARACTERS &&
    (audience !== "chosen" || people.length > 0);

  const submit = () => {
    if (folder === null || !isReady) return;
    share.run(
      {
        folder: folder.grant,
        title: title.trim(),
        about: about.trim(),
        excludes: excluding.excludes,
        audience:
          audience === "chosen"
            ? { kind: audience, people }
            : { kind: audience },
      },
      ({ collection }) => {
        onClose();
        go({ screen: "collection", collection, folder: "" });
        toast({
          words: "The folder is being read. Others see it as it goes.",
          action: {
            words: "Show transfers",
            run: () => open({ kind: "transfers" }),
          },
        });
      },
    );
  };
  return (
    <ModalDialog title="Share a folder" open onClose={onClose}>
      <form
        className="share"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
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
        <ErrorNotice error={share.error} />
        <ButtonRow>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            kind="primary"
            type="submit"
            pending={share.pending}
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
