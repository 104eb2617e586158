import type { RefObject } from "react";
import { useCallback, useEffect, useRef, useState } from "react";
import { isChord } from "#renderer/commands/keys.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { ownsKey, type AddKeys, type KeyHandler } from "./preview-keys.ts";
import type { PreviewActions } from "./use-preview-actions.ts";
import type { PreviewList } from "./use-preview-list.ts";

/** The keys of the window around a file; what is shown in it is asked first. */
export function usePreviewWindow(
  list: PreviewList,
  actions: PreviewActions,
  onDetails: () => void,
): {
  readonly box: RefObject<HTMLElement | null>;
  readonly addKeys: AddKeys;
  /** Nothing but the file on the whole screen. */
  readonly isFull: boolean;
} {
  const box = useRef<HTMLElement>(null);
  const inner = useRef<RefObject<KeyHandler>[]>([]);
  const addKeys = useCallback<AddKeys>((handler) => {
    inner.current = [...inner.current, handler];
    return () => {
      inner.current = inner.current.filter((one) => one !== handler);
    };
  }, []);
  const keys = useRef<KeyHandler>(() => false);
  useEffect(() => {
    keys.current = (event) => {
      const run = actionOf(event, list, actions, onDetails);
      run?.();
      return run !== null;
    };
  });
  useEffect(() => {
    const element = box.current;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const hasTaken =
        !ownsKey(event.target, event.key) &&
        inner.current.toReversed().some((one) => one.current(event));
      if (!hasTaken && !keys.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, []);

  // What had the focus in the last file is gone with it; a key must not fall on a button of the head.
  const key = list.file?.key;
  useEffect(() => {
    const isInHead = document.activeElement?.closest(".preview__head") ?? null;
    if (isInHead === null) box.current?.focus();
  }, [key]);

  // Whoever goes elsewhere leaves the file.
  const { route } = useRouter();
  const [came] = useState(route);
  const { close } = actions;
  useEffect(() => {
    if (route !== came) close();
  }, [route, came, close]);

  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement instanceof Element);
    document.addEventListener("fullscreenchange", look);
    return () => {
      document.removeEventListener("fullscreenchange", look);
      if (document.fullscreenElement instanceof Element)
        document.exitFullscreen().catch(() => {});
    };
  }, []);
  return { box, addKeys, isFull };
}

function actionOf(
  event: KeyboardEvent,
  list: PreviewList,
  actions: PreviewActions,
  onDetails: () => void,
): (() => void) | null {
  if (isChord(event, "Alt+ArrowUp")) return list.before ?? (() => {});
  if (isChord(event, "Alt+ArrowDown")) return list.after ?? (() => {});
  if (isChord(event, "Alt+Enter")) return onDetails;
  if (isChord(event, "Alt+ArrowLeft")) return actions.close;
  if (isChord(event, "Mod+Enter")) return actions.openElsewhere;
  if (isChord(event, "Mod+Shift+R")) return actions.showInFolder;
  if (isChord(event, "Mod+D"))
    return actions.download ?? actions.save ?? (() => {});
  if (ownsKey(event.target, event.key)) return null;
  if (isChord(event, "ArrowLeft")) return list.before;
  if (isChord(event, "ArrowRight")) return list.after;
  return isChord(event, "Space") ? actions.close : null;
}
