import { useEffect, useState } from "react";
import type { EntryRef } from "#core/contract/ids.ts";
import type { Feed, FeedFilter, Post } from "#core/contract/feed-models.ts";
import { useCoreState, useKeptState } from "#renderer/core/use-core-state.ts";

/** The newest rows, always watched, so that new posts are known while reading far below. */
const HEAD_ROWS = 60;
/** Rows asked for around what is in view, and the step in which the window moves. */
const BODY_ROWS = 80;
const BODY_STEP = 20;

export interface FeedWindow {
  /** Undefined until the first value came. */
  readonly feed: Feed | undefined;
  /** Rows to draw, without the new ones that are held back. */
  readonly count: number;
  readonly row: (index: number) => Post | undefined;
  /** New posts held back above the list; `isMore` when there are more than can be counted. */
  readonly fresh: number;
  readonly isMore: boolean;
  /** Lets the new posts in. */
  readonly merge: () => void;
}

/**
 * A window on the feed that follows the scroll. New posts wait above until they
 * are let in, unless `mayMerge` says that nothing would move under the pointer.
 */
export function useFeedWindow(
  filter: FeedFilter,
  firstInView: number,
  mayMerge: () => boolean,
): FeedWindow {
  const head = useCoreState("feed", { filter, first: 0, count: HEAD_ROWS });
  const [top, setTop] = useState<EntryRef | null>(null);
  const place =
    head === undefined || top === null
      ? 0
      : head.items.findIndex((post) => post.ref === top);
  const isMore = place === -1 && (head?.items.length ?? 0) === HEAD_ROWS;
  const fresh = place === -1 ? (isMore ? HEAD_ROWS : 0) : place;
  const newest = head?.items[0]?.ref ?? null;
  const isAllMine =
    fresh > 0 &&
    !isMore &&
    head?.items.slice(0, fresh).every((post) => post.author.isMe) === true;

  useEffect(() => {
    if (newest === null || newest === top) return;
    // oxlint-disable-next-line react/set-state-in-effect -- whether rows may move depends on the pointer and the focus, which a render must not read
    if (top === null || fresh === 0 || isAllMine || mayMerge()) setTop(newest);
  }, [fresh, isAllMine, mayMerge, newest, top]);

  const first = Math.max(
    0,
    fresh + Math.floor((firstInView - BODY_ROWS / 4) / BODY_STEP) * BODY_STEP,
  );
  const body = useKeptState(
    "feed",
    { filter, first, count: BODY_ROWS },
    filter,
  );
  const total = body?.total ?? head?.total ?? 0;
  const row = (index: number): Post | undefined => {
    const at = index + fresh;
    if (
      body !== undefined &&
      at >= body.first &&
      at < body.first + body.items.length
    ) {
      return body.items[at - body.first];
    }
    return head?.items[at];
  };
  return {
    feed: head,
    count: Math.max(0, total - fresh),
    row,
    fresh,
    isMore,
    merge: () => setTop(newest),
  };
}
