import { useEffect, useRef } from "react";
import type { Transfer } from "#core/contract/collection-models.ts";
import { useSay } from "#renderer/ui/live.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";

type Mark = "begun" | "half" | "done" | "failed";

function markOf(transfer: Transfer): Mark {
  if (transfer.state.stage === "done") return "done";
  if (transfer.state.stage === "failed") return "failed";
  return transfer.bytes.done * 2 >= transfer.bytes.total &&
    transfer.bytes.total > 0
    ? "half"
    : "begun";
}

const words: { readonly [M in Mark]: string } = {
  begun: "started",
  half: "half done",
  done: "done",
  failed: "stopped",
};

/** Says when a transfer starts, is half done, ends or stops; never every step. */
export function useTransferSpeech(
  transfers: readonly Transfer[] | undefined,
): void {
  const say = useSay();
  const before = useRef<ReadonlyMap<string, Mark> | null>(null);
  useEffect(() => {
    if (transfers === undefined) return;
    const now = new Map(
      transfers.map((one) => [one.transfer, markOf(one)] as const),
    );
    const known = before.current;
    before.current = now;
    if (known === null) return;
    for (const one of transfers) {
      const mark = now.get(one.transfer) ?? "begun";
      if (known.get(one.transfer) !== mark)
        say(`${foreignLine(one.title)}: ${words[mark]}`);
    }
  }, [say, transfers]);
}
