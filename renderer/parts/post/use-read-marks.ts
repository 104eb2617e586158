import { useCallback, useEffect, useRef } from "react";
import type { EntryRef } from "#core/contract/ids.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useRested } from "#renderer/ui/clock.ts";

/**
 * Marks what was seen as read, a few at a time. While only unread posts are
 * listed they are marked when the list is left, so that none vanishes while it
 * is being read.
 */
export function useReadMarks(isDeferred: boolean): (ref: EntryRef) => void {
  const act = useAct();
  const seen = useRef(new Set<EntryRef>());
  const mark = useCallback(() => {
    const posts = [...seen.current];
    seen.current.clear();
    if (posts.length > 0) {
      // A mark that was not saved shows as unread again; nothing to say.
      act("markRead", { posts, read: true }, { failed: () => {} });
    }
  }, [act]);
  const { change } = useRested<null>(250, mark);
  useEffect(() => mark, [mark, isDeferred]);
  return useCallback(
    (ref) => {
      seen.current.add(ref);
      if (!isDeferred) change(null);
    },
    [change, isDeferred],
  );
}
