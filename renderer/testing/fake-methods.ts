import { CoreError } from "#core/contract/errors.ts";
import type {
  CoreMethod,
  MethodInput,
  MethodOutput,
} from "#core/contract/methods.ts";
import type { Post, Transfer } from "#core/contract/models.ts";
import type { EntryRef, TransferId } from "#core/contract/ids.ts";
import { after, readClock } from "#renderer/ui/clock.ts";
import {
  inviteId,
  nextGrantId,
  nextLocal,
  nextTransferId,
  spaceId,
} from "./fake-ids.ts";
import { ana, label, mira } from "./fake-people.ts";
import { fakePost, file } from "./fake-posts.ts";
import type { WorldStore } from "./fake-world.ts";

type Methods = {
  readonly [M in CoreMethod]: (input: MethodInput<M>) => MethodOutput<M>;
};

const WORDS =
  "orbit maple anchor velvet harvest lantern pilot meadow copper silver basket window garden ribbon summer walnut castle bridge pepper candle forest mirror hammer island";

/** What each method does to the fake world; as near to the real thing as a screen can tell. */
export function fakeMethods(store: WorldStore): Methods {
  const { get, set } = store;
  const changePost = (ref: EntryRef, change: (post: Post) => Partial<Post>) =>
    set((world) => ({
      posts: world.posts.map((post) =>
        post.ref === ref ? { ...post, ...change(post) } : post,
      ),
    }));
  const changeTransfer = (id: TransferId, change: Partial<Transfer>) =>
    set((world) => ({
      transfers: world.transfers.map((one) =>
        one.transfer === id ? { ...one, ...change } : one,
      ),
    }));
  const publish = (heldId: string) => {
    const held = get().held.find((one) => one.id === heldId);
    if (held === undefined) return;
    const post = fakePost(get().me ?? mira, readClock(), held.text, {
      audience: held.audience,
      replyTo: held.replyTo,
      attachments: held.attachments.map((name) =>
        file(name, 120_000, "image/jpeg"),
      ),
      copies: { stage: "here" },
    });
    set((world) => ({
      held: world.held.filter((one) => one.id !== heldId),
      posts: [post, ...world.posts].map((one) =>
        one.ref === held.replyTo
          ? { ...one, replyCount: one.replyCount + 1 }
          : one,
      ),
    }));
    after(3_000, () =>
      changePost(post.ref, () => ({ copies: { stage: "out", people: [ana] } })),
    );
  };
  const start = (name: string) =>
    set(() => ({
      app: { stage: "ready", lock: "keyring" },
      me: { ...label(name), isMe: true, about: "" },
    }));

  return {
    start: ({ name }) => {
      if (name.trim() === "") throw new CoreError("name-empty", {});
      start(name.trim());
      return {};
    },
    unlock: ({ password }) => {
      if (password !== "correct horse")
        throw new CoreError("password-wrong", { retryInMs: 4_000 });
      set(() => ({
        app: { stage: "ready", lock: "password" },
        me: { ...mira, about: "" },
      }));
      return {};
    },
    showPhrase: () => ({ words: WORDS.split(" ") }),
    setProfile: ({ name, about }) => {
      if (name.trim() === "") throw new CoreError("name-empty", {});
      set((world) => ({
        me: world.me && { ...world.me, name: name.trim(), about },
      }));
      return {};
    },
    updateSettings: (change) => {
      set((world) => ({
        settings: { ...world.settings, ...change },
        network:
          change.network === "nobody"
            ? { ...world.network, stage: "paused", connected: [] }
            : change.network === "everywhere"
              ? { ...world.network, stage: "searching" }
              : world.network,
      }));
      return {};
    },
    setDownloadFolder: () => {
      set((world) => ({
        settings: { ...world.settings, downloadFolder: "Downloads" },
      }));
      return {};
    },
    post: ({ text, audience, replyTo, attachments }) => {
      if (text.trim() === "" && attachments.length === 0)
        throw new CoreError("text-empty", {});
      if (text.includes("disk full")) throw new CoreError("disk-full", {});
      const id = nextLocal("held");
      const { undoMs } = get().settings;
      const held = {
        id,
        text,
        audience,
        replyTo,
        attachments: attachments.map((one) => one.grant),
        until: readClock() + undoMs,
      };
      set((world) => ({ held: [held, ...world.held] }));
      after(undoMs, () => publish(id));
      return { held: id };
    },
    undoPost: ({ held }) => {
      const undone = get().held.some((one) => one.id === held);
      set((world) => ({ held: world.held.filter((one) => one.id !== held) }));
      return { undone };
    },
    editPost: ({ post, text }) => {
      if (text.trim() === "") throw new CoreError("text-empty", {});
      changePost(post, (before) => ({ text, edits: before.edits + 1 }));
      return {};
    },
    withdrawPost: ({ post }) => {
      changePost(post, () => ({ withdrawnAt: readClock() }));
      return {};
    },
    react: ({ post, emoji, on }) => {
      changePost(post, (before) => {
        const others = before.reactions.filter((one) => one.emoji !== emoji);
        const old = before.reactions.find((one) => one.emoji === emoji);
        const people = (old?.people ?? []).filter((person) => !person.isMe);
        if (on) people.push(mira);
        return {
          reactions:
            people.length === 0
              ? others
              : [...others, { emoji, people, mine: on }],
        };
      });
      return {};
    },
    postVersions: ({ post }) => {
      const found = get().posts.find((one) => one.ref === post);
      if (found === undefined)
        throw new CoreError("not-found", { what: "post" });
      return {
        versions: [
          { text: "Apple cake: 4 apples, butter, sugar, eggs.", at: found.at },
          { text: found.text, at: found.at + 600_000 },
        ],
      };
    },
    markRead: ({ posts, read }) => {
      const refs = new Set(posts);
      set((world) => ({
        posts: world.posts.map((post) =>
          refs.has(post.ref) ? { ...post, unread: !read } : post,
        ),
      }));
      return {};
    },
    markAllRead: () => {
      const posts = get()
        .posts.filter((post) => post.unread)
        .map((post) => post.ref);
      set((world) => ({
        posts: world.posts.map((post) => ({ ...post, unread: false })),
      }));
      return { posts };
    },
    saveDraft: ({ place, text, audience }) => {
      set((world) => ({
        drafts: {
          ...world.drafts,
          [place]: { text, audience, savedAt: readClock() },
        },
      }));
      return {};
    },
    readDraft: ({ place }) => ({ draft: get().drafts[place] ?? null }),

    createInvite: ({ lifeMs, uses, message }) => {
      const now = readClock();
      const link = `commonplace:yrdqbt1u8nnhk3fd5jgxaotw7pj6zk9dms4cie3h8yqb7ro1xwtu5fnkegpaz6${nextLocal("k")}`;
      const invite = inviteId(link);
      const made = {
        invite,
        link,
        madeAt: now,
        expiresAt: now + lifeMs,
        uses,
        message,
        takenBy: [],
        withdrawn: false,
        requests: [],
      };
      set((world) => ({
        invites: { ...world.invites, made: [made, ...world.invites.made] },
      }));
      return { invite, link };
    },
    withdrawInvite: ({ invite, withdrawn }) => {
      set((world) => ({
        invites: {
          ...world.invites,
          made: world.invites.made.map((one) =>
            one.invite === invite ? { ...one, withdrawn } : one,
          ),
        },
      }));
      return {};
    },
    answerRequest: ({ invite, person, accept }) => {
      set((world) => ({
        invites: {
          ...world.invites,
          made: world.invites.made.map((one) =>
            one.invite === invite
              ? {
                  ...one,
                  requests: one.requests.filter(
                    (request) => request.person !== person,
                  ),
                  takenBy: accept
                    ? [...one.takenBy, label("Noor")]
                    : one.takenBy,
                }
              : one,
          ),
        },
      }));
      return {};
    },
    readLink: ({ link }) => {
      const text = link.trim();
      if (!text.startsWith("commonplace:"))
        throw new CoreError("invite-foreign", {});
      if (text.includes("expired"))
        throw new CoreError("invite-expired", {
          expiredAt: readClock() - 86_400_000,
        });
      if (text.includes("own")) throw new CoreError("invite-own", {});
      if (text.length < 30) throw new CoreError("invite-damaged", {});
      const lotte = label("Lotte");
      if (text.includes("collection")) {
        return {
          kind: "collection",
          collection: spaceId("Summer concert"),
          person: ana.person,
          title: "Summer concert 2026",
          known: false,
        };
      }
      return {
        kind: "invite",
        invite: inviteId(text),
        person: lotte.person,
        name: "Lotte",
        message:
          "Hello Mira. Here are the pictures from the workshop, as promised.",
        expiresAt: readClock() + 3 * 86_400_000,
        known: false,
      };
    },
    openLink: ({ link }) => {
      const lotte = label("Lotte");
      const opened = {
        invite: inviteId(link),
        person: lotte.person,
        name: "Lotte",
        openedAt: readClock(),
        state: { stage: "waiting" },
      } as const;
      set((world) => ({
        invites: {
          ...world.invites,
          opened: [opened, ...world.invites.opened],
        },
      }));
      return {};
    },
    closeInvite: ({ invite }) => {
      set((world) => ({
        invites: {
          ...world.invites,
          opened: world.invites.opened.filter((one) => one.invite !== invite),
        },
      }));
      return {};
    },
    setNickname: ({ person, nickname }) => {
      set((world) => ({
        contacts: world.contacts.map((one) =>
          one.person === person
            ? { ...one, nickname, name: nickname ?? one.ownName }
            : one,
        ),
      }));
      return {};
    },
    removeContact: ({ person, removed }) => {
      set((world) => ({
        contacts: removed
          ? world.contacts.filter((one) => one.person !== person)
          : [
              ...world.contacts,
              ...world.removedContacts.filter((one) => one.person === person),
            ],
        removedContacts: removed
          ? [
              ...world.removedContacts,
              ...world.contacts.filter((one) => one.person === person),
            ]
          : world.removedContacts.filter((one) => one.person !== person),
      }));
      return {};
    },

    shareFolder: ({ title, about, audience }) => {
      const now = readClock();
      const collection = spaceId(title);
      set((world) => ({
        collections: [
          {
            collection,
            title,
            about,
            owner: world.me ?? mira,
            mine: true,
            audience:
              audience.kind === "chosen"
                ? {
                    kind: "chosen",
                    people: world.contacts.filter((one) =>
                      audience.people.includes(one.person),
                    ),
                  }
                : audience,
            files: 24,
            bytes: 96_000_000,
            filesHere: 24,
            bytesHere: 96_000_000,
            changedAt: now,
            folderMissing: false,
            folderName: title,
          },
          ...world.collections,
        ],
      }));
      return { collection, transfer: nextTransferId() };
    },
    updateCollection: () => ({ transfer: nextTransferId() }),
    removeCollection: ({ collection, removed }) => {
      set((world) => ({
        collections: removed
          ? world.collections.filter((one) => one.collection !== collection)
          : [
              ...world.collections,
              ...world.removedCollections.filter(
                (one) => one.collection === collection,
              ),
            ],
        removedCollections: removed
          ? [
              ...world.removedCollections,
              ...world.collections.filter(
                (one) => one.collection === collection,
              ),
            ]
          : world.removedCollections.filter(
              (one) => one.collection !== collection,
            ),
      }));
      return {};
    },
    collectionLink: () => ({
      link: "commonplace:collection8nnhk3fd5jgxaotw7pj6zk9dms4cie3h8yqb7ro1xwtu5fn",
    }),
    download: () => ({ transfer: nextTransferId() }),
    openFile: () => ({}),
    pauseTransfer: ({ transfer, paused }) => {
      changeTransfer(transfer, {
        state: { stage: paused ? "paused" : "running" },
        speed: paused ? 0 : 2_400_000,
      });
      return {};
    },
    cancelTransfer: ({ transfer }) => {
      set((world) => ({
        transfers: world.transfers.filter((one) => one.transfer !== transfer),
      }));
      return {};
    },
    retryTransfer: ({ transfer }) => {
      changeTransfer(transfer, {
        state: { stage: "running" },
        speed: 1_200_000,
      });
      return {};
    },
    clearTransfers: () => {
      set((world) => ({
        transfers: world.transfers.filter((one) => one.state.stage !== "done"),
      }));
      return {};
    },

    pick: () => ({ supported: false, grants: [] }),
    listFolders: ({ path }) => ({
      path: path ?? "/home/mira",
      parent:
        path === null ? "/home" : path.slice(0, path.lastIndexOf("/")) || "/",
      folders: [
        "Documents",
        "garden-papers",
        "Music",
        "Pictures",
        "Videos",
      ].map((name) => ({
        name,
        path: `${path ?? "/home/mira"}/${name}`,
      })),
    }),
    grantFolder: ({ path }) => ({
      grant: nextGrantId(),
      name: path.slice(path.lastIndexOf("/") + 1),
      size: null,
    }),
  };
}
