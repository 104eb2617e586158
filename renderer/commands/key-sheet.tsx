import { useState } from "react";
import { Field } from "#renderer/ui/field.tsx";
import { ModalDialog } from "#renderer/ui/dialog.tsx";
import { commandList, type CommandInfo } from "./command-list.ts";
import { keyWords } from "./keys.ts";
import "./key-sheet.css";

const groups = [
  "Everywhere",
  "Posts",
  "Writing",
  "Files",
  "Preview",
  "Player",
  "Transfers",
] as const;
const all: readonly (readonly [string, CommandInfo])[] =
  Object.entries(commandList);

/** All keys of the app, with a field to find one. */
export function KeySheet(props: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const [wanted, setWanted] = useState("");
  const needle = wanted.trim().toLocaleLowerCase();
  const found = all.filter(([, command]) =>
    command.words.toLocaleLowerCase().includes(needle),
  );
  return (
    <ModalDialog
      title="Keys"
      size="large"
      open={props.open}
      onClose={props.onClose}
    >
      <Field
        label="Find a command"
        value={wanted}
        onChange={setWanted}
        kind="search"
        focusFirst
      />
      <div className="key-sheet">
        {groups.map((group) => {
          const rows = found.filter(([, command]) => command.group === group);
          if (rows.length === 0) return null;
          return (
            <section key={group} aria-label={group}>
              <h3 className="key-sheet__group">{group}</h3>
              <dl className="key-sheet__rows">
                {rows.map(([id, command]) => (
                  <div key={id} className="key-sheet__row">
                    <dt>{command.words}</dt>
                    <dd>
                      {command.keys.map((keys) => (
                        <kbd key={keys}>{keyWords(keys)}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
        {found.length === 0 && <p>No command is called that.</p>}
      </div>
    </ModalDialog>
  );
}
