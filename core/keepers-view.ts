import type { PersonId } from "#core/contract/ids.ts";
import type { Contact } from "#core/contract/contact-models.ts";
import type { KeepersState } from "#core/contract/keeper-models.ts";
import type { Features } from "#core/features.ts";

/** Who keeps for me and for whom I keep, as it is shown. */
export function keepersView(
  { keepers, people, settings }: Features,
  contactOf: (person: PersonId) => Contact | null,
): KeepersState {
  const mine = keepers.owner.all().map(({ type: _, person, ...choice }) => ({
    ...people.label(person),
    ...choice,
    presence: contactOf(person)?.presence ?? ({ stage: "unmet" } as const),
    pledge: keepers.telling.heard(person),
    coverage: keepers.coverageOf(person),
  }));
  const others = keepers.pledges.people().flatMap((person) => {
    const pledge =
      keepers.pledges.to(person) ??
      (keepers.pledges.isWaiting(person) ? { bytes: 0, until: null } : null);
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
  const offers = [...keepers.telling.holders()].flatMap(([person, pledge]) => {
    const keeper = keepers.owner.keeper(person);
    const isMine = keeper !== null && keeper.mode !== "stopped";
    const isContact = contactOf(person) !== null;
    if (isMine || !isContact) return [];
    return [{ ...people.label(person), ...pledge }];
  });
  return { mine, offers, others, keepForAll: settings.keepForAll };
}
