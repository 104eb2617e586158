import type { RefObject } from "react";
import { createContext, use, useEffect, useRef } from "react";

/** Answers whether it took the key. */
export type KeyHandler = (event: KeyboardEvent) => boolean;

export type AddKeys = (handler: RefObject<KeyHandler>) => () => void;

export const PreviewKeysContext = createContext<AddKeys>(() => () => {});

/** What is shown takes keys before the window around it does. */
export function usePreviewKeys(handler: KeyHandler): void {
  const add = use(PreviewKeysContext);
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => add(latest), [add]);
}

/** Whether the element under the focus needs this key for itself. */
export function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("[role=menu],[role=listbox],[role=alertdialog]") !== null)
    return true;
  if (target instanceof HTMLInputElement)
    return target.type !== "range" || target.dataset["keys"] === "own";
  if (target.closest("[role=radiogroup]") !== null && key.startsWith("Arrow"))
    return true;
  const isPressed = target.closest("button,a,[role=button]") !== null;
  return isPressed && (key === " " || key === "Enter");
}
