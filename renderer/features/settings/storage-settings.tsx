import { DISK_FLOOR_BYTES } from "#core/contract/limits.ts";
import type { RoomState } from "#core/contract/keeping-models.ts";
import type { RoomSettings } from "#core/contract/keeping-settings.ts";
import type { Settings } from "#core/contract/models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { RoomNotice } from "#renderer/parts/keeping/room-notice.tsx";
import { To } from "#renderer/routing/router.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import { RoomPicture } from "./room-picture.tsx";
import { SettingsGroup, SettingsRow } from "./settings-group.tsx";

const GB = 1_000_000_000;
const LIMITS = [1, 5, 10, 20, 50, 100, 200, 500, 1_000];
const FREE = [0, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

/** How much of the disk the app may use, and who and what uses it. */
export function StorageSettings(props: { readonly settings: Settings }) {
  const { room: set } = props.settings;
  const room = useCoreState("room", {});
  const act = useAct();
  const change = (some: Partial<RoomSettings>) =>
    act("updateSettings", { room: { ...set, ...some } });
  return (
    <SettingsGroup title="Storage" anchor="storage">
      <RoomNotice />
      {room === undefined || room === null ? (
        <Skeleton shape="line" label="Measuring…" />
      ) : (
        <RoomPicture room={room} />
      )}
      <p>
        <To route={{ screen: "room" }}>Free up space</To>
      </p>
      <SettingsRow
        name="Limit"
        hint="Files of others, pictures of posts, and the app's own records. Your shared folders do not count."
      >
        <Select
          label="Limit"
          hideLabel
          value={set.limit === null ? "auto" : String(set.limit)}
          choices={limitChoices(set, room ?? null)}
          onChange={(id) =>
            change({ limit: id === "auto" ? null : Number(id) })
          }
        />
      </SettingsRow>
      <SettingsRow
        name="Always leave free"
        hint={`Downloads stop before the disk has less than this. A few megabytes (${sizeWords(DISK_FLOOR_BYTES)}) stay free in any case.`}
      >
        <Select
          label="Always leave free"
          hideLabel
          value={String(set.alwaysFree)}
          choices={freeChoices(set.alwaysFree)}
          onChange={(id) => change({ alwaysFree: Number(id) })}
        />
      </SettingsRow>
      <Switch
        label="Free space by itself"
        hint="When a download needs room, earlier versions of files go first, then the files you have not opened for longest. Files you keep, and files nobody else has, always stay."
        on={set.freeByItself}
        onChange={(freeByItself) => change({ freeByItself })}
      />
    </SettingsGroup>
  );
}

function sizes(
  gigabytes: readonly number[],
  chosen: number | null,
): readonly { readonly id: string; readonly words: string }[] {
  const all = new Set(gigabytes.map((size) => size * GB));
  if (chosen !== null) all.add(chosen);
  return [...all]
    .sort((a, b) => a - b)
    .map((bytes) => ({ id: String(bytes), words: sizeWords(bytes) }));
}

/** On a small disk or a stick a gigabyte may be most of it. */
function freeChoices(chosen: number) {
  return sizes(FREE, chosen).map((one) =>
    one.id === "0" ? { ...one, words: "As little as possible" } : one,
  );
}

function limitChoices(set: RoomSettings, room: RoomState | null) {
  const now =
    room === null || set.limit !== null ? "" : ` (${sizeWords(room.limit)})`;
  return [
    { id: "auto", words: `Automatic${now}` },
    ...sizes(LIMITS, set.limit),
  ];
}
