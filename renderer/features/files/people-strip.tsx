import { useState } from "react";
import { UserPen } from "lucide-react";
import type { PersonId } from "#core/contract/ids.ts";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { PersonLabel } from "#core/contract/models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { PersonName } from "#renderer/parts/person/person-name.tsx";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Select } from "#renderer/ui/select.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { peopleWords } from "#renderer/words/people.ts";
import "./people-strip.css";

const RIGHTS = [
  { id: "see", words: "See" },
  { id: "write", words: "Add & change" },
] as const;

const YOU = { name: "You" } as const;

/** Who may do what in a collection; its owner decides here. */
export function PeopleStrip(props: { readonly row: CollectionRow }) {
  const { row } = props;
  const [isOpen, setOpen] = useState(false);
  const writers = row.writers.filter((it) => !it.isMe);
  if (!row.mine) return <Rights row={row} />;
  return (
    <section className="people-strip" aria-label="Who may change this">
      <p className="people-strip__line">
        <UserPen size={16} aria-hidden />
        <span>
          {writers.length === 0
            ? "Only you add and change things."
            : `${peopleWords([YOU, ...writers], 4)} add and change things.`}
        </span>
        <Button
          size="small"
          kind="quiet"
          onPress={() => setOpen((open) => !open)}
        >
          {isOpen ? "Done" : "Change who may"}
        </Button>
      </p>
      {isOpen && <RightsList row={row} />}
    </section>
  );
}

/** What I and others may do in a collection of somebody else. */
function Rights(props: { readonly row: CollectionRow }) {
  const { row } = props;
  const others = row.writers.filter((it) => !it.isMe);
  if (!row.mayWrite && others.length === 0) return null;
  return (
    <p className="people-strip__line">
      <UserPen size={16} aria-hidden />
      <span>
        {row.mayWrite
          ? others.length === 0
            ? "You may add and change things here."
            : `${peopleWords([YOU, ...others], 4)} may add and change things here.`
          : `${peopleWords(others, 3)} may add and change things; you can see them.`}
      </span>
    </p>
  );
}

function RightsList(props: { readonly row: CollectionRow }) {
  const { row } = props;
  const act = useAct();
  const toast = useToast();
  const contacts = useCoreState("contacts", {}) ?? [];
  const before = row.writers.map((it) => it.person);
  const machines = (useCoreState("keepers", {})?.mine ?? [])
    .filter(({ isMachine }) => isMachine)
    .map(({ person }) => person);
  // A machine that only keeps changes nothing; one that may all the same can be stopped.
  const people = readersOf(row, contacts).filter(
    ({ person }) => before.includes(person) || !machines.includes(person),
  );
  const set = (person: PersonLabel, mayWrite: boolean) => {
    const after: readonly PersonId[] = mayWrite
      ? [...before, person.person]
      : before.filter((it) => it !== person.person);
    const { collection } = row;
    act(
      "setWriters",
      { collection, people: after },
      {
        done: () =>
          toast({
            words: mayWrite
              ? `${peopleWords([person])} may add and change things now.`
              : `${peopleWords([person])} can only see it now. What they added so far stays.`,
            action: {
              words: "Undo",
              run: () => act("setWriters", { collection, people: before }),
            },
          }),
      },
    );
  };
  if (people.length === 0)
    return (
      <p className="people-strip__none">
        Nobody else sees this collection yet. Invite someone first.
      </p>
    );
  return (
    <ul className="people-strip__people">
      {people.map((person) => (
        <li key={person.person} className="people-strip__person">
          <PersonPicture person={person} size={28} />
          <PersonName person={person} />
          <Select
            label={`What ${foreignLine(person.name)} may do`}
            hideLabel
            value={before.includes(person.person) ? "write" : "see"}
            choices={RIGHTS}
            onChange={(id) => set(person, id === "write")}
          />
        </li>
      ))}
    </ul>
  );
}

/** Whoever sees a collection of mine, and contacts who could. */
function readersOf(
  row: CollectionRow,
  contacts: readonly PersonLabel[],
): readonly PersonLabel[] {
  const chosen = row.audience?.kind === "chosen" ? row.audience.people : [];
  const all = new Map<PersonId, PersonLabel>();
  for (const person of [...row.writers, ...chosen, ...contacts])
    if (!person.isMe && !all.has(person.person)) all.set(person.person, person);
  return [...all.values()];
}
