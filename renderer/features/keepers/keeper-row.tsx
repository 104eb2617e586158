import { useState } from "react";
import type { MyKeeper } from "#core/contract/keeper-models.ts";
import { PersonName } from "#renderer/parts/person/person-name.tsx";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { Presence } from "#renderer/parts/person/presence.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { Progress } from "#renderer/ui/progress.tsx";
import {
  coverageWords,
  fullWords,
  goneWords,
  keepsWords,
  modeWords,
} from "#renderer/words/keepers.ts";
import { KeeperDialog } from "./keeper-dialog.tsx";

/** One who keeps for me: what, how full, when seen last, and how much was shown to be there. */
export function KeeperRow(props: { readonly keeper: MyKeeper }) {
  const { keeper } = props;
  const [isOpen, setOpen] = useState(false);
  const now = useNow(60_000);
  const gone = goneWords(keeper);
  const { pledge } = keeper;
  return (
    <li className="keeper">
      <PersonPicture person={keeper} />
      <div className="keeper__words">
        <p className="keeper__name">
          <PersonName person={keeper} />
          <Presence presence={keeper.presence} />
        </p>
        <p>{modeWords(keeper)}</p>
        {keeper.mode !== "stopped" && (
          <>
            <dl className="keeper__facts">
              <dt>What it keeps</dt>
              <dd>{keepsWords(keeper)}</dd>
              <dt>How full</dt>
              <dd>
                {fullWords(keeper)}
                {pledge !== null && pledge.bytes > 0 && (
                  <Progress
                    label={`How full ${foreignLine(keeper.name)} is`}
                    part={Math.min(1, pledge.used / pledge.bytes)}
                    tone="resting"
                  />
                )}
              </dd>
              <dt>Copies</dt>
              <dd>{coverageWords(keeper, now)}</dd>
            </dl>
            {gone !== null && <Notice tone="warn">{gone}</Notice>}
          </>
        )}
      </div>
      <Button
        size="small"
        label={`What it may keep: ${foreignLine(keeper.name)}`}
        onPress={() => setOpen(true)}
      >
        What it may keep
      </Button>
      <KeeperDialog
        keeper={keeper}
        open={isOpen}
        onClose={() => setOpen(false)}
      />
    </li>
  );
}
