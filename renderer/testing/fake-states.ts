import type {
  CoreStateName,
  StateParams,
  StateValue,
} from "#core/contract/states.ts";
import type { FeedFilter, Post } from "#core/contract/feed-models.ts";
import type { Window } from "#core/contract/models.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { isRemovedFrom, summaryOf } from "./fake-removed.ts";
import { fakeCopies } from "./fake-copies.ts";
import { fakeItems } from "./fake-items.ts";
import { fakeManyItems, manyFiles } from "./fake-many.ts";
import { fakeVersions } from "./fake-versions.ts";
import { fakePreview } from "./fake-watching.ts";
import type { World } from "./fake-world.ts";

function slice<T>(all: readonly T[], first: number, count: number): Window<T> {
  return { first, total: all.length, items: all.slice(first, first + count) };
}

const filters: { readonly [F in FeedFilter]: (post: Post) => boolean } = {
  all: () => true,
  unread: (post) => post.unread,
  files: (post) => post.attachments.length > 0,
  mine: (post) => post.author.isMe,
};

function below(posts: readonly Post[], top: Post): readonly Post[] {
  const found: Post[] = [];
  const refs = new Set([top.ref]);
  for (const post of [...posts].sort((a, b) => a.at - b.at)) {
    if (post.replyTo !== null && refs.has(post.replyTo)) {
      refs.add(post.ref);
      found.push(post);
    }
  }
  return found;
}

type Readers = {
  readonly [S in CoreStateName]: (
    world: World,
    params: StateParams<S>,
  ) => StateValue<S>;
};

/** What each state shows of the world. */
export const readers: Readers = {
  app: (world) => world.app,
  untoldFiles: () => [],
  me: (world) => world.me,
  network: (world) => world.network,
  drill: (world) => world.drill,
  settings: (world) => world.settings,
  held: (world) => world.held,
  contacts: (world) => world.contacts,
  invites: (world) => world.invites,
  keepers: (world) => world.keepers,
  collections: (world) => world.collections,
  transfers: (world) => world.transfers,
  versions: (_world, { collection, path }) => fakeVersions(collection, path),
  traffic: (world) => ({
    ...world.traffic,
    pausedAll: world.settings.pausedAll,
    limitDown: world.settings.limits.down,
    limitUp: world.settings.limits.up,
  }),
  room: (world) => world.room,
  freeable: (world, { first, count }) => slice(world.freeable, first, count),
  feed: (world, { filter, first, count }) => {
    const tops = world.posts.filter((post) => post.replyTo === null);
    return {
      ...slice(tops.filter(filters[filter]), first, count),
      filter,
      unread: tops.filter((post) => post.unread).length,
      arriving: world.arriving,
    };
  },
  thread: (world, { post: ref }) => {
    const post = world.posts.find((one) => one.ref === ref);
    if (post === undefined) return null;
    const parent = world.posts.find((one) => one.ref === post.replyTo) ?? null;
    return {
      post,
      parent,
      parentMissing: post.replyTo !== null && parent === null,
      replies: below(world.posts, post),
    };
  },
  person: (world, { person, first, count }) => {
    const contact = world.contacts.find((one) => one.person === person) ?? null;
    const isMe = world.me?.person === person;
    const label = contact ?? (isMe ? world.me : null);
    if (label === null) return null;
    return {
      label,
      about: isMe ? (world.me?.about ?? "") : "Gardener, alto, early riser.",
      contact,
      posts: slice(
        world.posts.filter((post) => post.author.person === person),
        first,
        count,
      ),
      collections: world.collections.filter(
        (row) => row.owner.person === person,
      ),
    };
  },
  removedFiles: (world, { collection, first, count }) =>
    slice(isRemovedFrom(collection) ? world.removedFiles : [], first, count),
  copies: (world, { collection, path }) => {
    const row = world.collections.find((one) => one.collection === collection);
    return row === undefined ? null : fakeCopies(row, path, readClock());
  },
  sharePreview: (_world, { folder, excludes }) =>
    fakePreview(excludes, folder.kind === "collection"),
  collection: (world, { collection, folder, search, first, count }) => {
    const row = world.collections.find((one) => one.collection === collection);
    if (row === undefined) return null;
    if (collection === manyFiles)
      return {
        ...fakeManyItems(readClock(), first, count),
        row,
        folder,
        damaged: [],
        removed: null,
        leftOut: [],
      };
    const wanted = search.toLocaleLowerCase();
    const all =
      row.files === 0 ? [] : fakeItems(readClock(), row.mine, world.transfers);
    const items = all
      .filter((item) => folder === "" || item.kind === "file")
      .filter((item) => item.name.toLocaleLowerCase().includes(wanted));
    return {
      ...slice(items, first, count),
      row,
      folder,
      damaged: all
        .filter(
          (item) => item.kind === "file" && item.state.stage === "damaged",
        )
        .slice(0, 5),
      removed: isRemovedFrom(collection) ? summaryOf(world.removedFiles) : null,
      leftOut: row.mine
        ? [
            { path: "old/link-to-desktop", kind: "link" },
            { path: "plans/.socket", kind: "special" },
            { path: "plans/caf\uFFFD.txt", kind: "name" },
          ]
        : [],
    };
  },
};
