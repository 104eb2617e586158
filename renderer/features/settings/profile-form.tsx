import { useRef, useState } from "react";
import { CoreError } from "#core/contract/errors.ts";
import type { Me } from "#core/contract/models.ts";
import type { MethodInput } from "#core/contract/methods.ts";
import { PICTURE_BYTES } from "#core/contract/limits.ts";
import { asCoreError, useTask } from "#renderer/core/use-act.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { shrinkPicture } from "#renderer/ui/shrink-picture.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import { nameTrouble } from "#renderer/words/name.ts";
import { SettingsGroup } from "./settings-group.tsx";

/** What the core takes about a person. */
const ABOUT_CHARACTERS = 1000;

type PictureChange = MethodInput<"setProfile">["picture"];

/** Who I am to my contacts: name, picture, a few words. */
export function ProfileForm(props: { readonly me: Me }) {
  const { me } = props;
  const shell = useShell();
  const toast = useToast();
  const [name, setName] = useState(me.name);
  const [about, setAbout] = useState(me.about);
  const [trouble, setTrouble] = useState<CoreError | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const save = useTask("setProfile");
  const isChanged = name !== me.name || about !== me.about;
  const badName =
    name !== me.name || save.error?.code === "name-empty"
      ? nameTrouble(name)
      : null;
  const isAboutLong = about.length > ABOUT_CHARACTERS;

  const run = (picture: PictureChange, said: string) =>
    save.run({ name, about, picture }, () => toast({ words: said }));
  const choose = (file: File | undefined) => {
    if (file === undefined) return;
    setTrouble(null);
    save.clear();
    const { name: called } = file;
    const hand = async () => {
      const small = await shrinkPicture(file, PICTURE_BYTES);
      if (small === null)
        throw new CoreError("picture-unsupported", { name: called });
      // A window that takes only files with a place on disk gets the file itself, where that is small enough.
      const grant = (await shell.grant(small)) ?? (await shell.grant(file));
      if (grant === null)
        throw new CoreError("file-unreadable", { name: called });
      return grant.grant;
    };
    hand().then(
      (grant) => run({ kind: "set", grant }, "Picture changed"),
      (error: unknown) => setTrouble(asCoreError(error)),
    );
  };
  return (
    <SettingsGroup title="You">
      <div className="profile">
        <div className="profile__picture">
          <PersonPicture person={me} size={88} />
          <div className="profile__buttons">
            <Button size="small" onPress={() => picker.current?.click()}>
              {me.picture === null ? "Choose a picture" : "Change picture"}
            </Button>
            {me.picture !== null && (
              <Button
                size="small"
                kind="quiet"
                onPress={() => run({ kind: "remove" }, "Picture removed")}
              >
                Remove picture
              </Button>
            )}
          </div>
          <input
            ref={picker}
            type="file"
            accept="image/png,image/jpeg,image/webp,image/gif"
            hidden
            aria-hidden
            tabIndex={-1}
            onChange={(event) => {
              choose(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
        </div>
        <form
          className="profile__form"
          onSubmit={(event) => {
            event.preventDefault();
            run({ kind: "keep" }, "Saved");
          }}
        >
          <Field
            label="Name"
            value={name}
            onChange={(next) => {
              setName(next);
              save.clear();
            }}
            error={badName}
          />
          <Field
            label="About you"
            value={about}
            onChange={setAbout}
            lines={2}
            hint="Contacts see it on your page."
            error={
              isAboutLong
                ? `This is too long. Use at most ${ABOUT_CHARACTERS} letters.`
                : null
            }
          />
          {badName === null && <PictureOrOther error={trouble ?? save.error} />}
          <div>
            <Button
              kind="primary"
              type="submit"
              pending={save.pending}
              disabled={!isChanged || badName !== null || isAboutLong}
            >
              Save
            </Button>
          </div>
        </form>
      </div>
    </SettingsGroup>
  );
}

/** A picture that is still too large is told in words of its own: nothing here can be shared in a folder instead. */
function PictureOrOther(props: { readonly error: CoreError | null }) {
  return props.error?.code === "file-large" ? (
    <Notice tone="danger" alert>
      This picture is too large. Your picture is as it was. Choose one of at
      most {sizeWords(PICTURE_BYTES)}.
    </Notice>
  ) : (
    <ErrorNotice error={props.error} />
  );
}
