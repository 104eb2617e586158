import { createContext, use, useEffect, useRef } from "react";

export interface DropTarget {
  /** What would happen, said while something is held over the window. */
  readonly words: string;
  readonly drop: (files: readonly File[]) => void;
  /** It is where posts are written: files for a post go there. */
  readonly isComposer?: boolean;
}

/** The screen that stands takes what is dropped on the window. */
export const DropTargets = createContext<
  (target: { readonly current: DropTarget }) => () => void
>(() => () => {});

/** Brings files to where posts are written. */
export const AttachContext = createContext<(files: readonly File[]) => void>(
  () => {},
);

/** Takes files dropped anywhere on the window while the component stands. */
export function useDropTarget(target: DropTarget): void {
  const add = use(DropTargets);
  const latest = useRef(target);
  useEffect(() => {
    latest.current = target;
  });
  useEffect(() => add(latest), [add]);
}
