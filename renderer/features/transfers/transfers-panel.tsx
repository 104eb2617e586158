import { useEffect, useRef } from "react";
import { ArrowDownUp, X } from "lucide-react";
import type { Transfer } from "#core/contract/collection-models.ts";
import { keyWords } from "#renderer/commands/keys.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { RoomNotice } from "#renderer/parts/keeping/room-notice.tsx";
import { TransfersHead } from "./transfers-head.tsx";
import { TransferRow } from "./transfer-row.tsx";
import { useTransferSpeech } from "./use-transfer-speech.ts";
import "./transfers-panel.css";

type Group = "now" | "waiting" | "done";

const groups = [
  { id: "now", words: "Now" },
  { id: "waiting", words: "Waiting" },
  { id: "done", words: "Done in the last 7 days" },
] as const satisfies readonly { readonly id: Group; readonly words: string }[];

function groupOf(transfer: Transfer): Group {
  switch (transfer.state.stage) {
    case "running":
      return "now";
    case "waiting":
    case "queued":
    case "room":
    case "paused":
    case "failed":
      return "waiting";
    case "done":
      return "done";
  }
}

/** What comes and goes, beside whatever screen stands. */
export function TransfersPanel(props: { readonly onClose: () => void }) {
  const transfers = useCoreState("transfers", {});
  const act = useAct();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  useTransferSpeech(transfers);
  const all = transfers ?? [];
  const traffic = useCoreState("traffic", {});
  const open = all.filter(({ state }) => state.stage !== "done");
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc closes the panel from anywhere inside
    <aside
      className="panel"
      aria-label="Transfers"
      data-region="panel"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) props.onClose();
      }}
    >
      <header className="panel__head">
        <h2 ref={heading} tabIndex={-1} className="panel__title">
          Transfers
        </h2>
        <IconButton
          icon={X}
          label="Close transfers"
          keys={keyWords("Mod+J")}
          onPress={props.onClose}
        />
      </header>
      {traffic !== undefined && (
        <TransfersHead traffic={traffic} hasSome={open.length > 0} />
      )}
      {open.some(({ state }) => state.stage === "room") && <RoomNotice />}
      {transfers === undefined && (
        <Skeleton shape="line" label="Reading transfers…" />
      )}
      {transfers !== undefined && all.length === 0 && (
        <Empty icon={ArrowDownUp} title="Nothing on its way.">
          Downloads and folders being read show up here.
        </Empty>
      )}
      {groups.map((group) => {
        const rows = all.filter((one) => groupOf(one) === group.id);
        if (rows.length === 0) return null;
        return (
          <section
            key={group.id}
            aria-label={group.words}
            className="panel__group"
          >
            <header className="panel__group-head">
              <h3>{group.words}</h3>
              {group.id === "done" && (
                <Button
                  kind="quiet"
                  size="small"
                  onPress={() => act("clearTransfers", {})}
                >
                  Clear
                </Button>
              )}
            </header>
            <ul>
              {rows.map((transfer) => (
                <TransferRow
                  key={transfer.transfer}
                  transfer={transfer}
                  isFirst={open[0] === transfer}
                  isLast={open.at(-1) === transfer}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </aside>
  );
}
