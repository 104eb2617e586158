import type { KeyboardEvent } from "react";
import type { CollectionItem } from "#core/contract/collection-models.ts";
import { isChord } from "#renderer/commands/keys.ts";
import { focusSoon } from "#renderer/ui/focus-soon.ts";
import type { ItemActions } from "./use-item-actions.ts";
import type { useSelection } from "./use-selection.ts";

/** What the keys of a listing act on, whether it is a list or made of pictures. */
export interface Listing {
  /** The item that holds the focus, or did last. */
  readonly active: number;
  readonly itemAt: (index: number) => CollectionItem | undefined;
  /** Where each key that walks leads. */
  readonly steps: Readonly<Record<string, number>>;
  readonly focus: (index: number) => void;
  readonly chosen: ReturnType<typeof useSelection>;
  /** What is selected, or else this one. */
  readonly pathsOf: (path: string | undefined) => readonly string[];
  readonly download: (paths: readonly string[]) => void;
  readonly actions: ItemActions;
}

/** Does what a key means in a listing of files, and takes it if it means something. */
export function pressOnItem(
  event: KeyboardEvent<HTMLElement>,
  listing: Listing,
): void {
  // A menu of an item lies elsewhere in the page, and has keys of its own.
  const isInside =
    event.target instanceof Node && event.currentTarget.contains(event.target);
  if (!isInside || !act(event, listing)) return;
  event.preventDefault();
  event.stopPropagation();
}

function act(event: KeyboardEvent<HTMLElement>, listing: Listing): boolean {
  const press = event.nativeEvent;
  const { chosen, actions, pathsOf } = listing;
  const item = listing.itemAt(listing.active);
  if (isChord(press, "Mod+A")) chosen.selectAll();
  else if (press.key === "Escape" && !chosen.isEmpty) chosen.clear();
  else if (walks(press, listing)) return true;
  else if (isChord(press, "Mod+D"))
    forSome(pathsOf(item?.path), listing.download);
  else if (actions.keeping !== null && isChord(press, "Mod+Backspace"))
    forSome(pathsOf(item?.path), actions.keeping.free);
  else if (item === undefined) return false;
  else if (isChord(press, "Mod+Shift+R")) actions.show(item);
  else if (isChord(press, "Mod+Enter")) actions.openElsewhere(item);
  // Letters and blanks belong to a button that holds the focus.
  else if (!isOnItem(event)) return false;
  else if (press.key === "ContextMenu" || isChord(press, "Shift+F10"))
    openMenu(event);
  else if (isChord(press, "Mod+Space")) chosen.toggle(item.path);
  else if (actions.keeping !== null && isChord(press, "P"))
    actions.keeping.keep(pathsOf(item.path), !item.kept);
  else if (press.key === "Enter") actions.open(item);
  else if (item.kind === "file" && isChord(press, "V")) actions.versions(item);
  else if (item.kind === "file" && isChord(press, "Space")) actions.view(item);
  else if (press.key === " ") chosen.toggle(item.path);
  else return false;
  return true;
}

/** Walks on; with Shift, what is walked over is selected. */
function walks(
  press: globalThis.KeyboardEvent,
  { active, itemAt, steps, focus, chosen }: Listing,
): boolean {
  const next = steps[press.key];
  if (next === undefined || press.ctrlKey || press.metaKey || press.altKey)
    return false;
  if (press.shiftKey)
    for (const path of [itemAt(active)?.path, itemAt(next)?.path])
      if (path !== undefined) chosen.add(path);
  focus(next);
  return true;
}

function forSome(
  paths: readonly string[],
  work: (paths: readonly string[]) => void,
): void {
  if (paths.length > 0) work(paths);
}

function isOnItem({ target }: KeyboardEvent<HTMLElement>): boolean {
  return target instanceof HTMLElement && target.dataset["index"] !== undefined;
}

/** The three dots of the item that holds the focus. */
function openMenu({ target }: KeyboardEvent<HTMLElement>): void {
  if (!(target instanceof HTMLElement)) return;
  const dots = target.querySelector<HTMLElement>("[aria-haspopup]");
  if (dots === null) return;
  dots.click();
  giveBack(dots, target);
  // It was opened by a key: the first choice has the keys.
  focusSoon("[role='menu'] [role='menuitem']");
}

/** A menu that closes leaves the keys with the dots, where arrows walk nothing: the item it was opened from has them again. */
function giveBack(dots: HTMLElement, item: HTMLElement): void {
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target.closest("[role='menu']"))
      return;
    document.removeEventListener("focusin", onFocus);
    if (target === dots) item.focus();
  };
  // The press that opens it may focus the dots themselves, within this task.
  requestAnimationFrame(() => document.addEventListener("focusin", onFocus));
}
