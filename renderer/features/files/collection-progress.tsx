import { ArrowDownToLine, FolderSync, Pause, Play, X } from "lucide-react";
import type { SpaceId } from "#core/contract/ids.ts";
import type { Transfer } from "#core/contract/collection-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCancel } from "#renderer/parts/collection/use-cancel.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Progress } from "#renderer/ui/progress.tsx";
import {
  directionWords,
  filesDoneWords,
  transferWords,
} from "#renderer/words/transfers.ts";
import "./collection-progress.css";

/** More of them are in the list of transfers. */
const SHOWN = 2;

/**
 * What of a collection is under way as a whole: its folder is being read, or many
 * files of it come. What brings a single file is told in the row of that file.
 */
export function CollectionProgress(props: { readonly collection: SpaceId }) {
  const transfers = useCoreState("transfers", {}) ?? [];
  return transfers
    .filter(
      (it) =>
        it.collection === props.collection &&
        it.state.stage !== "done" &&
        (it.direction === "sharing" || it.files.total > 1),
    )
    .slice(0, SHOWN)
    .map((it) => <UnderWay key={it.transfer} transfer={it} />);
}

function UnderWay(props: { readonly transfer: Transfer }) {
  const { transfer: it } = props;
  const act = useAct();
  const cancel = useCancel();
  const { transfer, state, bytes, direction } = it;
  const title = foreignLine(it.title);
  const what =
    direction === "sharing"
      ? `reading ${title}`
      : `the download of ${it.files.total.toLocaleString("en")} files`;
  // What was paused with others goes on with them.
  const isPaused = state.stage === "paused";
  const mayPause = state.stage === "paused" ? state.by === "transfer" : true;
  const Icon = direction === "sharing" ? FolderSync : ArrowDownToLine;
  return (
    <section
      className={cx("under-way", `under-way--${state.stage}`)}
      aria-label={directionWords(it)}
    >
      <Icon size={18} aria-hidden />
      <div>
        <p className="under-way__words">
          <span className="under-way__what">
            {directionWords(it)}
            {filesDoneWords(it)}
          </span>
          <span className="under-way__how">
            {transferWords(it, readClock())}
          </span>
        </p>
        <Progress
          label={`Progress of ${what}`}
          part={bytes.total === 0 ? null : bytes.done / bytes.total}
          tone={state.stage === "running" ? "moving" : "resting"}
        />
      </div>
      <div className="under-way__actions">
        {mayPause && state.stage !== "failed" && (
          <IconButton
            icon={isPaused ? Play : Pause}
            size="small"
            label={`${isPaused ? "Resume" : "Pause"} ${what}`}
            onPress={() =>
              act("pauseTransfer", { transfer, paused: !isPaused })
            }
          />
        )}
        <IconButton
          icon={X}
          size="small"
          label={`Cancel ${what}`}
          onPress={() => cancel(transfer, what)}
        />
      </div>
    </section>
  );
}
