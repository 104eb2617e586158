import { firstKeeperChoice } from "#core/contract/first-keeper-choice.ts";
import type { HeldRoom } from "#core/contract/keeper-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { offerWords } from "#renderer/words/keepers.ts";

/** Room that contacts hold for me and nothing of mine is in yet. */
export function OfferedRoom(props: { readonly offers: readonly HeldRoom[] }) {
  const act = useAct();
  if (props.offers.length === 0) return null;
  return (
    <ul className="keepers__list" aria-label="Room held for you">
      {props.offers.map((offer) => (
        <li key={offer.person} className="keeper">
          <PersonPicture person={offer} />
          <div className="keeper__words">
            <p>{offerWords(offer)}</p>
            <p className="keepers__about">
              Nothing of yours is kept there yet.
            </p>
          </div>
          <Button
            size="small"
            onPress={() => act("setKeeper", firstKeeperChoice(offer.person))}
          >
            {`Let ${foreignLine(offer.name)} keep`}
          </Button>
        </li>
      ))}
    </ul>
  );
}
