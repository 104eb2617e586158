import type { EntryRef } from "#core/contract/ids.ts";
import type { Post, Thread } from "#core/contract/feed-models.ts";
import type { PersonLabel } from "#core/contract/models.ts";

export interface ThreadRow {
  readonly post: Post;
  /** 1: answers the subject; 2: answers an answer, or anything below one. */
  readonly level: 1 | 2;
  /** Whom it answers, where its place no longer tells. */
  readonly answers: PersonLabel | null;
}

/**
 * The replies of a thread in reading order: two levels deep, then flat. A reply
 * to something that is not here stands on the first level.
 */
export function threadRows(
  thread: Pick<Thread, "post" | "replies">,
): readonly ThreadRow[] {
  const byRef = new Map(thread.replies.map((reply) => [reply.ref, reply]));
  const below = new Map<EntryRef, ThreadRow[]>();
  const tops: Post[] = [];
  for (const reply of thread.replies) {
    const parent =
      reply.replyTo === null ? undefined : byRef.get(reply.replyTo);
    if (parent === undefined) {
      tops.push(reply);
      continue;
    }
    const top = topOf(parent, byRef);
    const isDeep = parent.ref !== top.ref;
    const row: ThreadRow = {
      post: reply,
      level: 2,
      answers: isDeep ? parent.author : null,
    };
    below.set(top.ref, [...(below.get(top.ref) ?? []), row]);
  }
  return tops.flatMap((post): readonly ThreadRow[] => [
    { post, level: 1, answers: null },
    ...(below.get(post.ref) ?? []),
  ]);
}

/** The reply on the first level above another; a ring of references ends where it began. */
function topOf(reply: Post, byRef: ReadonlyMap<EntryRef, Post>): Post {
  const seen = new Set<EntryRef>();
  let top = reply;
  while (top.replyTo !== null && !seen.has(top.ref)) {
    seen.add(top.ref);
    const parent = byRef.get(top.replyTo);
    if (parent === undefined) break;
    top = parent;
  }
  return top;
}
