import { useState } from "react";
import type { Contact } from "#core/contract/contact-models.ts";
import type { KeepersState, KeptFor } from "#core/contract/keeper-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Select } from "#renderer/ui/select.tsx";
import { keptForWords } from "#renderer/words/keepers.ts";
import { sizeWords } from "#renderer/words/size.ts";

const GB = 1_000_000_000;
const SIZES = [1, 5, 20, 50, 100, 500].map((size) => size * GB);

function sizesWith(bytes: number) {
  return [...new Set([...SIZES, bytes])]
    .toSorted((a, b) => a - b)
    .map((size) => ({ id: String(size), words: sizeWords(size) }));
}

/** For whom this computer keeps, and room to promise to more. */
export function KeptForOthers(props: {
  readonly others: KeepersState["others"];
  readonly contacts: readonly Contact[];
}) {
  const { others, contacts } = props;
  const free = contacts.filter(
    ({ person }) => !others.some((one) => one.person === person),
  );
  return (
    <>
      {others.length > 0 && (
        <ul className="keepers__list" aria-label="People you keep for">
          {others.map((one) => (
            <KeptForRow key={one.person} one={one} />
          ))}
        </ul>
      )}
      {free.length > 0 && <Promise contacts={free} />}
    </>
  );
}

function KeptForRow(props: { readonly one: KeptFor }) {
  const { one } = props;
  const act = useAct();
  const name = foreignLine(one.name);
  return (
    <li className="keeper">
      <PersonPicture person={one} />
      <p className="keeper__words">{keptForWords({ ...one, name })}</p>
      <Select
        label={`Room for ${name}`}
        hideLabel
        value={String(one.bytes)}
        choices={sizesWith(one.bytes)}
        onChange={(id) =>
          act("setKeptFor", {
            person: one.person,
            bytes: Number(id),
            until: one.until,
          })
        }
      />
      <Button
        size="small"
        label={`Stop keeping for ${name}`}
        onPress={() =>
          act("setKeptFor", { person: one.person, bytes: 0, until: null })
        }
      >
        Stop
      </Button>
    </li>
  );
}

/** Promising room to a contact. */
function Promise(props: { readonly contacts: readonly Contact[] }) {
  const act = useAct();
  const [chosen, setChosen] = useState<string | null>(null);
  const [bytes, setBytes] = useState(20 * GB);
  const contact =
    props.contacts.find(({ person }) => person === chosen) ?? props.contacts[0];
  if (contact === undefined) return null;
  return (
    <div className="keepers__promise">
      <Select
        label="Keep for"
        value={String(contact.person)}
        choices={props.contacts.map(({ person, name }) => ({
          id: String(person),
          words: foreignLine(name),
        }))}
        onChange={setChosen}
      />
      <Select
        label="Room"
        value={String(bytes)}
        choices={sizesWith(bytes)}
        onChange={(id) => setBytes(Number(id))}
      />
      <Button
        onPress={() =>
          act("setKeptFor", { person: contact.person, bytes, until: null })
        }
      >
        Keep for them
      </Button>
    </div>
  );
}
