import type { KeyboardEvent } from "react";
import {
  ArrowDownToLine,
  ChevronDown,
  ChevronUp,
  FolderOpen,
  FolderSync,
  Pause,
  Play,
  RotateCw,
  X,
} from "lucide-react";
import type { Transfer } from "#core/contract/collection-models.ts";
import { keyWords } from "#renderer/commands/keys.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCancel } from "#renderer/parts/collection/use-cancel.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { useNow } from "#renderer/ui/clock.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Progress } from "#renderer/ui/progress.tsx";
import { plural } from "#renderer/words/time.ts";
import {
  directionWords,
  filesDoneWords,
  transferWords,
} from "#renderer/words/transfers.ts";

/** One transfer, and what can be done about it. */
export function TransferRow(props: {
  readonly transfer: Transfer;
  /** At the ends of the order there is nowhere to move. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
}) {
  const { transfer } = props;
  const { state, bytes } = transfer;
  const act = useAct();
  const { go } = useRouter();
  const now = useNow(30_000);
  const name = foreignLine(transfer.title);
  const id = transfer.transfer;
  const Icon = transfer.direction === "sharing" ? FolderSync : ArrowDownToLine;
  const isMoving = ["running", "waiting", "queued", "room"].includes(
    state.stage,
  );
  // What was paused with others goes on with them.
  const isPaused = state.stage === "paused" && state.by === "transfer";
  const isOpen = state.stage !== "done";

  const pause = (paused: boolean) =>
    act("pauseTransfer", { transfer: id, paused });
  const move = (to: "up" | "down") => {
    const isAtEnd = to === "up" ? props.isFirst : props.isLast;
    if (!isAtEnd) act("moveTransfer", { transfer: id, to });
  };
  const cancelNow = useCancel();
  const cancel = () =>
    cancelNow(
      id,
      transfer.direction === "sharing"
        ? `reading “${name}”`
        : `the download of ${plural(transfer.files.total, "file")} of “${name}”`,
    );
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.target !== event.currentTarget) return;
    if (isOpen && event.altKey && event.key === "ArrowUp") move("up");
    else if (isOpen && event.altKey && event.key === "ArrowDown") move("down");
    else if (event.key === " " && (isMoving || isPaused)) pause(isMoving);
    else if (event.key === "Delete" && state.stage !== "done") cancel();
    else return;
    event.preventDefault();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Space and Delete act on the row that holds the focus
    <li
      className={cx("transfer", `transfer--${state.stage}`)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      onKeyDown={onKeyDown}
      aria-label={`${name}, ${transferWords(transfer, now)}`}
    >
      <Icon size={18} aria-hidden />
      <div className="transfer__words">
        <p className="transfer__title">
          <Foreign>{transfer.title}</Foreign>
        </p>
        <p className="transfer__small">
          {directionWords(transfer)}
          {filesDoneWords(transfer)}
        </p>
        {state.stage !== "done" && (
          <Progress
            label={`Progress of ${name}`}
            part={bytes.total === 0 ? null : bytes.done / bytes.total}
            tone={state.stage === "running" ? "moving" : "resting"}
          />
        )}
        <p className="transfer__small transfer__state">
          {transferWords(transfer, now)}
        </p>
      </div>
      <div className="transfer__actions">
        {isMoving && (
          <IconButton
            icon={Pause}
            size="small"
            label={`Pause ${name}`}
            onPress={() => pause(true)}
          />
        )}
        {isPaused && (
          <IconButton
            icon={Play}
            size="small"
            label={`Resume ${name}`}
            onPress={() => pause(false)}
          />
        )}
        {state.stage === "failed" && (
          <IconButton
            icon={RotateCw}
            size="small"
            label={`Try ${name} again`}
            onPress={() => act("retryTransfer", { transfer: id })}
          />
        )}
        {state.stage === "done" ? (
          <IconButton
            icon={FolderOpen}
            size="small"
            label={`Open ${name}`}
            onPress={() =>
              go({
                screen: "collection",
                collection: transfer.collection,
                folder: "",
              })
            }
          />
        ) : (
          <IconButton
            icon={X}
            size="small"
            label={`Cancel ${name}`}
            onPress={cancel}
          />
        )}
        {isOpen && !(props.isFirst && props.isLast) && (
          <span className="transfer__order">
            <IconButton
              icon={ChevronUp}
              size="small"
              label={`Move ${name} up`}
              keys={keyWords("Alt+ArrowUp")}
              disabled={props.isFirst}
              onPress={() => move("up")}
            />
            <IconButton
              icon={ChevronDown}
              size="small"
              label={`Move ${name} down`}
              keys={keyWords("Alt+ArrowDown")}
              disabled={props.isLast}
              onPress={() => move("down")}
            />
          </span>
        )}
      </div>
    </li>
  );
}
