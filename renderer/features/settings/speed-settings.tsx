import type { SpeedLimits } from "#core/contract/keeping-settings.ts";
import type { Settings } from "#core/contract/models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Select } from "#renderer/ui/select.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { limitWords, minuteWords } from "#renderer/words/room.ts";
import { speedWords } from "#renderer/words/size.ts";
import { SettingsGroup, SettingsRow } from "./settings-group.tsx";

const KB = 1_000;
const SPEEDS = [
  100 * KB,
  250 * KB,
  500 * KB,
  1_000 * KB,
  2_000 * KB,
  5_000 * KB,
  10_000 * KB,
  25_000 * KB,
  50_000 * KB,
];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour * 60);

function speeds(chosen: number | null) {
  const all = new Set(SPEEDS);
  if (chosen !== null) all.add(chosen);
  return [
    { id: "none", words: "No limit" },
    ...[...all]
      .sort((a, b) => a - b)
      .map((speed) => ({ id: String(speed), words: speedWords(speed) })),
  ];
}

function hours(chosen: number) {
  return [...new Set([...HOURS, chosen])]
    .sort((a, b) => a - b)
    .map((minute) => ({ id: String(minute), words: minuteWords(minute) }));
}

/** How fast files may come and go, and when. */
export function SpeedSettings(props: { readonly settings: Settings }) {
  const { limits, pausedAll } = props.settings;
  const { schedule } = limits;
  const act = useAct();
  const traffic = useCoreState("traffic", {});
  const now = traffic === undefined ? null : limitWords(traffic);
  const change = (some: Partial<SpeedLimits>) =>
    act("updateSettings", { limits: { ...limits, ...some } });
  const asSpeed = (id: string) => (id === "none" ? null : Number(id));
  return (
    <SettingsGroup title="Speed" anchor="speed">
      <Switch
        label="Pause all transfers"
        hint="No files come or go until you resume. Posts and messages still travel."
        on={pausedAll}
        onChange={(on) => act("updateSettings", { pausedAll: on })}
      />
      <SettingsRow name="Files coming to this computer">
        <Select
          label="Files coming to this computer"
          hideLabel
          value={limits.down === null ? "none" : String(limits.down)}
          choices={speeds(limits.down)}
          onChange={(id) => change({ down: asSpeed(id) })}
        />
      </SettingsRow>
      <SettingsRow name="Files going to others">
        <Select
          label="Files going to others"
          hideLabel
          value={limits.up === null ? "none" : String(limits.up)}
          choices={speeds(limits.up)}
          onChange={(id) => change({ up: asSpeed(id) })}
        />
      </SettingsRow>
      <Switch
        label="Only at certain hours"
        hint={
          now === null
            ? "Outside these hours there is no limit."
            : `${now}. Outside these hours there is no limit.`
        }
        on={schedule !== null}
        onChange={(on) =>
          change({ schedule: on ? { from: 8 * 60, to: 18 * 60 } : null })
        }
      />
      {schedule !== null && (
        <SettingsRow name="Limited between">
          <div className="settings__buttons">
            <Select
              label="From"
              hideLabel
              value={String(schedule.from)}
              choices={hours(schedule.from)}
              onChange={(id) =>
                change({ schedule: { ...schedule, from: Number(id) } })
              }
            />
            <Select
              label="To"
              hideLabel
              value={String(schedule.to)}
              choices={hours(schedule.to)}
              onChange={(id) =>
                change({ schedule: { ...schedule, to: Number(id) } })
              }
            />
          </div>
        </SettingsRow>
      )}
    </SettingsGroup>
  );
}
