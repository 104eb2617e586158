import {
  use,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import type { EntryRef } from "#core/contract/ids.ts";
import type { FeedFilter, Post } from "#core/contract/feed-models.ts";
import { PostCard } from "#renderer/parts/post/post-card.tsx";
import { ScrollMemory } from "#renderer/parts/place/scroll-memory.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { useSay } from "#renderer/ui/live.tsx";
import { plural } from "#renderer/words/time.ts";
import { EmptyFeed } from "./empty-feed.tsx";
import { usePostKeys } from "#renderer/parts/post/use-post-keys.ts";
import { useSteadyScroll } from "./use-steady-scroll.ts";
import { useFeedWindow } from "./use-feed-window.ts";
import { useReadMarks } from "#renderer/parts/post/use-read-marks.ts";
import "./feed-list.css";

const ROW_ESTIMATE = 240;

/** The post at which reading stopped: the first below everything unread. */
function firstKnown(posts: readonly Post[]): EntryRef | null {
  const last = posts.findLastIndex((post) => post.unread);
  return last === -1 ? null : (posts[last + 1]?.ref ?? null);
}

/** The posts, newest first, drawn as far as they are in view. Nothing moves under the pointer. */
export function FeedList(props: {
  readonly filter: FeedFilter;
  readonly scroller: HTMLDivElement | null;
  readonly onShowAll: () => void;
}) {
  const { filter, scroller } = props;
  const list = useRef<HTMLDivElement>(null);
  const memory = use(ScrollMemory);
  const say = useSay();
  const [firstInView, setFirstInView] = useState(0);
  const [margin, setMargin] = useState(0);
  const [focused, setFocused] = useState<number | null>(null);

  const mayMerge = useCallback(() => {
    const box = scroller;
    const posts = list.current;
    if (box === null || posts === null) return true;
    const isAtTop = box.scrollTop < 24;
    return (
      isAtTop &&
      !posts.matches(":hover") &&
      !posts.contains(document.activeElement)
    );
  }, [scroller]);
  const view = useFeedWindow(filter, firstInView, mayMerge);
  const onSeen = useReadMarks(filter === "unread");
  const left = memory.get(filter);

  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled to skip renders
  const virtual = useVirtualizer({
    count: view.count,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_ESTIMATE,
    getItemKey: (index) => view.row(index)?.ref ?? index,
    overscan: 5,
    scrollMargin: margin,
    initialOffset: left?.offset ?? 0,
    initialMeasurementsCache: left === undefined ? [] : [...left.sizes],
    // The row that holds the focus stays, however far it is scrolled away.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      return focused === null ||
        rows.includes(focused) ||
        focused >= range.count
        ? rows
        : [...rows, focused].sort((a, b) => a - b);
    },
    onChange: (instance) => setFirstInView(instance.range?.startIndex ?? 0),
  });

  useLayoutEffect(() => {
    const box = scroller;
    const posts = list.current;
    if (box === null || posts === null) return;
    const look = () => {
      const top =
        posts.getBoundingClientRect().top - box.getBoundingClientRect().top;
      setMargin(Math.round(top + box.scrollTop));
    };
    look();
    const observer = new ResizeObserver(look);
    const column = posts.parentElement;
    if (column !== null) observer.observe(column);
    return () => observer.disconnect();
  }, [scroller, view.count]);

  useEffect(
    () => () => {
      memory.set(filter, {
        offset: virtual.scrollOffset ?? 0,
        sizes: virtual.measurementsCache,
      });
    },
    [filter, memory, virtual],
  );

  usePostKeys(list);
  const letGo = useSteadyScroll(virtual, view.row, view.count);
  const { fresh } = view;
  const [stopped, setStopped] = useState<EntryRef | null>();
  if (stopped === undefined && view.feed !== undefined) {
    setStopped(filter === "all" ? firstKnown(view.feed.items) : null);
  }
  const words = `${view.isMore ? `More than ${fresh}` : fresh} new ${fresh === 1 ? "post" : "posts"}`;
  useEffect(() => {
    if (fresh > 0) say(plural(fresh, "new post"));
  }, [fresh, say]);

  if (view.feed === undefined)
    return <Skeleton shape="post" label="Reading posts…" />;
  if (view.count === 0 && fresh === 0) {
    return <EmptyFeed filter={filter} onShowAll={props.onShowAll} />;
  }
  return (
    <>
      {fresh > 0 && (
        <div className="feed__fresh">
          <Button
            kind="primary"
            icon={ArrowUp}
            onPress={() => {
              letGo();
              view.merge();
              scroller?.scrollTo({ top: 0 });
            }}
          >
            {words}
          </Button>
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only remembers which row holds the focus */}
      <div
        ref={list}
        role="feed"
        aria-label="Posts"
        aria-busy={false}
        className="feed"
        style={{ blockSize: virtual.getTotalSize() }}
        onFocus={(event) => {
          const row = event.target.closest("[data-index]");
          setFocused(
            row === null ? null : Number(row.getAttribute("data-index")),
          );
        }}
        onBlur={() => setFocused(null)}
      >
        {virtual.getVirtualItems().map((item) => {
          const post = view.row(item.index);
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className="feed__row"
              style={{ transform: `translateY(${item.start - margin}px)` }}
            >
              {post !== undefined && post.ref === stopped && (
                <div className="feed__stopped" aria-hidden>
                  New above, read below
                </div>
              )}
              {post === undefined ? (
                <Skeleton shape="post" rows={1} />
              ) : (
                <PostCard
                  post={post}
                  place="list"
                  position={item.index + 1}
                  onSeen={onSeen}
                />
              )}
            </div>
          );
        })}
      </div>
    </>
  );
}
