import { useRef, useState } from "react";
import { CoreError } from "#core/contract/errors.ts";
import type { Me } from "#core/contract/models.ts";
import type { MethodInput } from "#core/contract/methods.ts";
import { NAME_CHARACTERS } from "#core/contract/limits.ts";
import { asCoreError, useTask } from "#renderer/core/use-act.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { lettersOf } from "#renderer/ui/letters.ts";
import { Field } from "#renderer/ui/field.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { SettingsGroup } from "./settings-group.tsx";

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
  const isNameBad =
    save.error?.code === "name-empty" ||
    lettersOf(name).length > NAME_CHARACTERS;

  const run = (picture: PictureChange, said: string) =>
    save.run({ name, about, picture }, () => toast({ words: said }));
  const choose = (file: File | undefined) => {
    if (file === undefined) return;
    setTrouble(null);
    shell.grant(file).then(
      (grant) => {
        if (grant === null)
          setTrouble(new CoreError("file-unreadable", { name: file.name }));
        else run({ kind: "set", grant: grant.grant }, "Picture changed");
      },
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
            error={
              isNameBad
                ? name.trim() === ""
                  ? "Name is empty. Write any name you like."
                  : `At most ${NAME_CHARACTERS} characters.`
                : null
            }
          />
          <Field
            label="About you"
            value={about}
            onChange={setAbout}
            lines={2}
            hint="Contacts see it on your page."
          />
          {!isNameBad && <ErrorNotice error={trouble ?? save.error} />}
          <div>
            <Button
              kind="primary"
              type="submit"
              pending={save.pending}
              disabled={!isChanged || lettersOf(name).length > NAME_CHARACTERS}
            >
              Save
            </Button>
          </div>
        </form>
      </div>
    </SettingsGroup>
  );
}
