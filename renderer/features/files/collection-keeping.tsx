import type { ReactNode } from "react";
import { Pause, Play } from "lucide-react";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import { FILE_KINDS } from "#core/contract/keeping-models.ts";
import type { CollectionRule } from "#core/contract/keeping-models.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { kindWords } from "#renderer/words/room.ts";
import { sizeWords } from "#renderer/words/size.ts";
import type { CollectionKeeping } from "./use-keeping.tsx";
import "./collection-keeping.css";

const GB = 1_000_000_000;
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200].map((size) => size * GB);
const RULES = ["opened", "everything", "up-to", "kinds"] as const;
const RULE_WORDS: Readonly<Record<CollectionRule["kind"], string>> = {
  opened: "Only what I open",
  everything: "Everything",
  "up-to": "The newest, up to a size",
  kinds: "Some kinds of files",
};

function ruleOf(kind: CollectionRule["kind"]): CollectionRule {
  switch (kind) {
    case "opened":
    case "everything":
      return { kind };
    case "up-to":
      return { kind, bytes: 5 * GB };
    case "kinds":
      return { kind, kinds: ["pictures"] };
  }
}

/** What of a collection of others stays here, what comes by itself, and whether it is paused. */
export function CollectionKeepingBar(props: {
  readonly row: CollectionRow;
  readonly keeping: CollectionKeeping;
}) {
  const { row, keeping } = props;
  return (
    <section className="keeping" aria-label="What stays on this computer">
      {row.paused && (
        <Notice
          action={
            <Button
              size="small"
              icon={Play}
              onPress={() => keeping.setPaused(false)}
            >
              Resume
            </Button>
          }
        >
          This collection is paused. Nothing of it is fetched until you resume.
        </Notice>
      )}
      <div className="keeping__row">
        <Switch
          label="Keep all here"
          on={row.kept}
          onChange={(kept) => keeping.keep([""], kept)}
        />
        {!row.kept && (
          <div className="keeping__rule">
            <Select
              label="Comes by itself"
              value={row.rule.kind}
              choices={RULES.map((id) => ({ id, words: RULE_WORDS[id] }))}
              onChange={(kind) => keeping.setRule(ruleOf(kind))}
            />
            <UpTo rule={row.rule} onChange={keeping.setRule} />
          </div>
        )}
        {!row.paused && (
          <Button
            size="small"
            kind="quiet"
            icon={Pause}
            onPress={() => keeping.setPaused(true)}
          >
            Pause this collection
          </Button>
        )}
      </div>
      {!row.kept && <Kinds rule={row.rule} onChange={keeping.setRule} />}
      <p className="keeping__hint">{hintWords(row)}</p>
    </section>
  );
}

function hintWords({ kept, rule }: CollectionRow): string {
  if (kept)
    return "All of it stays on this computer until you say otherwise, what is added later too.";
  switch (rule.kind) {
    case "opened":
      return "Files come when you open or download them.";
    case "everything":
      return "Everything comes to this computer, what is added later too.";
    case "up-to":
      return `The newest files come, as long as all of it here stays within ${sizeWords(rule.bytes)}.`;
    case "kinds":
      return rule.kinds.length === 0
        ? "Choose the kinds of files that are to come."
        : "Files of these kinds come to this computer, those added later too.";
  }
}

interface DetailProps {
  readonly rule: CollectionRule;
  readonly onChange: (rule: CollectionRule) => void;
}

/** How much of the newest comes. */
function UpTo({ rule, onChange }: DetailProps): ReactNode {
  if (rule.kind !== "up-to") return null;
  const sizes = [...new Set([...SIZES, rule.bytes])].sort((a, b) => a - b);
  return (
    <Select
      label="Up to this size"
      hideLabel
      value={String(rule.bytes)}
      choices={sizes.map((bytes) => ({
        id: String(bytes),
        words: `Up to ${sizeWords(bytes)}`,
      }))}
      onChange={(bytes) => onChange({ kind: "up-to", bytes: Number(bytes) })}
    />
  );
}

/** Which kinds of files come. */
function Kinds({ rule, onChange }: DetailProps): ReactNode {
  if (rule.kind !== "kinds") return null;
  return (
    <div
      className="keeping__kinds"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a line of boxes needs no frame
      role="group"
      aria-label="Kinds of files"
    >
      {FILE_KINDS.map((kind) => (
        <Checkbox
          key={kind}
          label={kindWords(kind)}
          on={rule.kinds.includes(kind)}
          onChange={(on) =>
            onChange({
              kind: "kinds",
              kinds: FILE_KINDS.filter((one) =>
                one === kind ? on : rule.kinds.includes(one),
              ),
            })
          }
        >
          {kindWords(kind)}
        </Checkbox>
      ))}
    </div>
  );
}
