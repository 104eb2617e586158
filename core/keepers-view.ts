import type { PersonId } from "#core/contract/ids.ts";
import type { Contact } from "#core/contract/contact-models.ts";
import type { KeepersState } from "#core/contract/keeper-models.ts";
import type { Features } from "#core/features.ts";

/** Who keeps for me and for whom I keep, as it is shown. */
export function keepersView(
  { keepers, people, self, settings }: Features,
  contactOf: (person: PersonId) => Contact | null,
): KeepersState {
  const mine = keepers.owner.all().map(({ type: _, person, ...choice }) => ({
    ...people.label(person),
    ...choice,
    presence: contactOf(person)?.presence ?? ({ stage: "unmet" } as const),
    pledge: keepers.pledgeOf(person),
    coverage: keepers.coverageOf(person),
  }));
  const others = [...self.state.peek().pledges.keys()].flatMap((person) => {
    const pledge = keepers.pledges.to(person);
    return pledge === null
      ? []
      : [
          {
            ...people.label(person),
            ...pledge,
            used: keepers.usedBy(person),
          },
        ];
  });
  return { mine, others, keepForAll: settings.keepForAll };
}
