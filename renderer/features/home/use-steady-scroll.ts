import { useCallback, useLayoutEffect, useRef } from "react";
import type { Virtualizer } from "@tanstack/react-virtual";
import type { EntryRef } from "#core/contract/ids.ts";
import type { Post } from "#core/contract/feed-models.ts";

/** How far from its old place a post is looked for. */
const REACH = 80;
const AT_TOP_PX = 24;

/** Keeps what is being read in its place when posts arrive above it. The answer lets go once. */
export function useSteadyScroll(
  virtual: Virtualizer<HTMLDivElement, Element>,
  row: (index: number) => Post | undefined,
  count: number,
): () => void {
  const anchor = useRef<{
    readonly ref: EntryRef;
    readonly index: number;
    /** From the upper edge of the window to the post. */
    readonly gap: number;
  } | null>(null);
  useLayoutEffect(() => {
    const offset = virtual.scrollOffset ?? 0;
    const held = anchor.current;
    // Rows measured in this very commit are counted in before places are compared.
    virtual.getTotalSize();
    if (
      held !== null &&
      offset > AT_TOP_PX &&
      row(held.index)?.ref !== held.ref
    ) {
      for (let step = 1; step <= REACH; step += 1) {
        const index = [held.index + step, held.index - step].find(
          (one) => one >= 0 && one < count && row(one)?.ref === held.ref,
        );
        const found =
          index === undefined ? undefined : virtual.measurementsCache[index];
        if (index !== undefined && found !== undefined) {
          virtual.scrollToOffset(found.start - held.gap);
          anchor.current = { ...held, index };
          return;
        }
      }
    }
    const first = virtual.getVirtualItems().find((item) => item.end > offset);
    const post = first === undefined ? undefined : row(first.index);
    anchor.current =
      first === undefined || post === undefined
        ? null
        : { ref: post.ref, index: first.index, gap: first.start - offset };
  });
  return useCallback(() => {
    anchor.current = null;
  }, []);
}
