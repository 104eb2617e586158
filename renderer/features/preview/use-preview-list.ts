import { useState } from "react";
import type {
  CollectionItem,
  CollectionPage,
} from "#core/contract/collection-models.ts";
import { useCoreState, useKeptState } from "#renderer/core/use-core-state.ts";
import type { PreviewSubject } from "#renderer/parts/place/preview-subject.ts";
import {
  fileOfCollection,
  fileOfPost,
  type PreviewFile,
} from "./preview-file.ts";

/** Rows read at a time, and how far a window reaches beyond the file in view. */
const ROWS = 120;
const STEP = 40;

/** The file in view and those around it. */
export interface PreviewList {
  /** Undefined while it is being read; null when it is gone from the list. */
  readonly file: PreviewFile | null | undefined;
  /** Where it stands, from 1, of how many; null where that is not known. */
  readonly count: { readonly at: number; readonly of: number } | null;
  /** Goes to the file before (-1) or after (1); null when there is none. */
  readonly before: (() => void) | null;
  readonly after: (() => void) | null;
  /** Files that lie beside it, as far as they were read. */
  readonly beside: readonly PreviewFile[];
}

type CollectionSubject = Extract<PreviewSubject, { kind: "collection" }>;
type PostSubject = Extract<PreviewSubject, { kind: "post" }>;

/** Walks the listing a file was opened from, folders left out, also where it was not read yet. */
export function useCollectionList(subject: CollectionSubject): PreviewList {
  const { listing } = subject;
  const [at, setAt] = useState<{
    readonly index: number;
    readonly path: string | null;
  }>(subject);
  const first = Math.max(0, Math.floor((at.index - STEP) / STEP) * STEP);
  const page = useKeptState(
    "collection",
    { ...listing, first, count: ROWS },
    JSON.stringify(listing),
  );
  if (page === undefined || page === null)
    return { file: page, count: null, before: null, after: null, beside: [] };
  const index = findIndex(page, at);
  const item = page.items[index - page.first];
  const go = (to: number) => {
    const next = page.items[to - page.first];
    const isRead = next !== undefined;
    if (to < 0 || to >= page.total || (isRead && next.kind === "folder"))
      return null;
    return () => setAt({ index: to, path: next?.path ?? null });
  };
  const isIt = at.path === null || item?.path === at.path;
  return {
    file:
      item?.kind === "file" && isIt
        ? fileOfCollection(item, page.row)
        : item === undefined && isIt
          ? undefined
          : null,
    count: null,
    before: go(index - 1),
    after: go(index + 1),
    beside: page.items.flatMap((one) =>
      one.kind === "file" ? [fileOfCollection(one, page.row)] : [],
    ),
  };
}

/** Where the file is now; lists change while one looks. */
function findIndex(
  page: CollectionPage,
  at: { readonly index: number; readonly path: string | null },
): number {
  if (at.path === null) return at.index;
  const isIt = (item: CollectionItem | undefined) => item?.path === at.path;
  if (isIt(page.items[at.index - page.first])) return at.index;
  const found = page.items.findIndex(isIt);
  return found === -1 ? at.index : page.first + found;
}

/** Walks what hangs on a post. */
export function usePostList(subject: PostSubject): PreviewList {
  const [key, setKey] = useState(subject.root + subject.name);
  const thread = useCoreState("thread", { post: subject.post.ref });
  const post = thread?.post ?? subject.post;
  const files = post.attachments.map((one) => fileOfPost(one, post));
  const at = files.findIndex((one) => one.key === key);
  const go = (to: number) => {
    const next = files[to];
    return at === -1 || next === undefined ? null : () => setKey(next.key);
  };
  return {
    file: files[at] ?? null,
    count: { at: at + 1, of: files.length },
    before: go(at - 1),
    after: go(at + 1),
    beside: files,
  };
}
