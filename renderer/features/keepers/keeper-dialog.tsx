import type { KeeperChoice, MyKeeper } from "#core/contract/keeper-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Choices } from "#renderer/ui/choices.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Select } from "#renderer/ui/select.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import { exactTime } from "#renderer/words/time.ts";

const GB = 1_000_000_000;
const SIZES = [1, 5, 20, 50, 100, 500, 1_000].map((size) => size * GB);
const MONTH_MS = 30 * 86_400_000;

/** What a keeper may keep, how much, for how long, and whether it may read it. */
export function KeeperDialog(props: {
  readonly keeper: MyKeeper;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { keeper } = props;
  const act = useAct();
  const now = useNow(60_000);
  const collections = useCoreState("collections", {}) ?? [];
  const { person, mode, feeds, bytes, until } = keeper;
  const change = (some: Partial<KeeperChoice>) =>
    act("setKeeper", {
      person,
      mode,
      feeds,
      collections: keeper.collections,
      bytes,
      until,
      ...some,
    });
  const toggle = (
    id: (typeof collections)[number]["collection"],
    on: boolean,
  ) =>
    change({
      collections: on
        ? [...keeper.collections, id]
        : keeper.collections.filter((one) => one !== id),
    });
  const sizes = [...new Set([...SIZES, ...(bytes === null ? [] : [bytes])])];
  return (
    <ModalDialog
      title={`What ${foreignLine(keeper.name)} may keep`}
      open={props.open}
      onClose={props.onClose}
    >
      <div className="keeper-dialog">
        {mode === "stopped" ? (
          <p>
            It is given nothing new, and is asked to free what it holds. What it
            already passed on stays with those who have it.
          </p>
        ) : (
          <>
            <Choices
              label="May it read what it keeps?"
              showLabel
              look="cards"
              value={mode}
              choices={[
                {
                  id: "blind",
                  words: "No, sealed",
                  hint: "It holds your posts and files without being able to open them.",
                },
                {
                  id: "readable",
                  words: "Yes, readable",
                  hint: "It gets your posts and files as a contact does. What it could read once cannot be taken back.",
                },
              ]}
              onChange={(next) => change({ mode: next })}
            />
            <Switch
              label="My posts"
              hint="What you post to contacts and to everyone with the link, with the files in it."
              on={feeds}
              onChange={(on) => change({ feeds: on })}
            />
            {collections
              .filter(({ owner }) => owner.isMe)
              .map((row) => (
                <Switch
                  key={row.collection}
                  label={row.title}
                  hint={`Collection, ${sizeWords(row.bytes)}`}
                  on={keeper.collections.includes(row.collection)}
                  onChange={(on) => toggle(row.collection, on)}
                />
              ))}
            <Select
              label="How much"
              value={bytes === null ? "all" : String(bytes)}
              choices={[
                { id: "all", words: "As much as it holds for me" },
                ...sizes
                  .toSorted((a, b) => a - b)
                  .map((size) => ({
                    id: String(size),
                    words: sizeWords(size),
                  })),
              ]}
              onChange={(id) =>
                change({ bytes: id === "all" ? null : Number(id) })
              }
            />
            <Select
              label="For how long"
              value={until === null ? "always" : "set"}
              choices={[
                { id: "always", words: "Until I say otherwise" },
                { id: "month", words: "For a month" },
                { id: "year", words: "For a year" },
                ...(until === null
                  ? []
                  : [{ id: "set", words: `Until ${exactTime(until)}` }]),
              ]}
              onChange={(id) => {
                if (id === "always") change({ until: null });
                if (id === "month") change({ until: now + MONTH_MS });
                if (id === "year") change({ until: now + 365 * 86_400_000 });
              }}
            />
          </>
        )}
        <ButtonRow>
          {mode === "stopped" ? (
            <Button onPress={() => change({ mode: "blind" })}>
              Let it keep again
            </Button>
          ) : (
            <Button onPress={() => change({ mode: "stopped" })}>Stop</Button>
          )}
          <Button kind="primary" onPress={props.onClose}>
            Done
          </Button>
        </ButtonRow>
      </div>
    </ModalDialog>
  );
}
