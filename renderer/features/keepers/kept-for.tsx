import { useState } from "react";
import type { Contact } from "#core/contract/contact-models.ts";
import type { KeepersState, KeptFor } from "#core/contract/keeper-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Select } from "#renderer/ui/select.tsx";
import { keptForWords, overWords, stopWords } from "#renderer/words/keepers.ts";
import { sizeWords } from "#renderer/words/size.ts";

const GB = 1_000_000_000;
const MONTH_MS = (365 / 12) * 86_400_000;
const SIZES = [1, 5, 20, 50, 100, 500].map((size) => size * GB);

function sizesWith(bytes: number) {
  return [...new Set([...SIZES, bytes])]
    .toSorted((a, b) => a - b)
    .map((size) => ({
      id: String(size),
      words: size === 0 ? "No room" : sizeWords(size),
    }));
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
  const [isAsking, setAsking] = useState(false);
  const name = foreignLine(one.name);
  const over = overWords({ ...one, name });
  return (
    <li className="keeper">
      <PersonPicture person={one} />
      <div className="keeper__words">
        <p>{keptForWords({ ...one, name })}</p>
        {over !== null && <p className="keepers__about">{over}</p>}
      </div>
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
        onPress={() => setAsking(true)}
      >
        Stop
      </Button>
      <ModalDialog
        title={`Stop keeping for ${name}?`}
        open={isAsking}
        onClose={() => setAsking(false)}
      >
        <p>{stopWords({ ...one, name })}</p>
        <ButtonRow>
          <Button onPress={() => setAsking(false)}>Go on keeping</Button>
          <Button
            kind="primary"
            onPress={() => {
              setAsking(false);
              act("setKeptFor", { person: one.person, bytes: 0, until: null });
            }}
          >
            Stop and free
          </Button>
        </ButtonRow>
      </ModalDialog>
    </li>
  );
}

/** Promising room to a contact. */
function Promise(props: { readonly contacts: readonly Contact[] }) {
  const act = useAct();
  const [chosen, setChosen] = useState<string | null>(null);
  const [bytes, setBytes] = useState(20 * GB);
  const [months, setMonths] = useState(0);
  const now = useNow(60_000);
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
      <Select
        label="For how long"
        value={String(months)}
        choices={[
          { id: "0", words: "Until I say otherwise" },
          { id: "1", words: "For a month" },
          { id: "12", words: "For a year" },
        ]}
        onChange={(id) => setMonths(Number(id))}
      />
      <Button
        onPress={() =>
          act("setKeptFor", {
            person: contact.person,
            bytes,
            until: months === 0 ? null : now + months * MONTH_MS,
          })
        }
      >
        Keep for them
      </Button>
    </div>
  );
}
