import { CoreError } from "#core/contract/errors.ts";
import { PICTURE_BYTES } from "#core/contract/limits.ts";
import type { DoctorReport } from "#core/contract/connection-models.ts";
import type { GrantId } from "#core/contract/ids.ts";
import type { MethodInput } from "#core/contract/methods.ts";
import type { Features } from "#core/features.ts";
import { checkText } from "#core/feeds/feeds.ts";
import type { WrittenAttachment } from "#core/feeds/feed-entries.ts";
import { isPicture } from "#core/naming/media-type.ts";
import type { Grants } from "#core/grants/grants.ts";
import type { AlwaysHandlers, Handlers } from "#core/rpc/handlers.ts";
import type { SelfEntryOf } from "#core/self/self-entries.ts";

type FeatureHandlers = Omit<Handlers, keyof AlwaysHandlers>;

/**
 * What the interface can ask of an unlocked app. Each is one step into a
 * feature; `open` throws `not-ready` before there is any.
 */
export function featureHandlers(
  open: () => Features,
  grants: Grants,
  examine: (features: Features) => Promise<DoctorReport>,
): FeatureHandlers {
  /** Keeps a copy of something a person handed over, and uses the grant up. */
  async function keep(grant: GrantId, alt: string): Promise<WrittenAttachment> {
    const { path, name } = grants.resolve(grant);
    const kept = await open().content.keep(path, name);
    await grants.release(grant);
    return { ...kept, alt };
  }

  async function picture(
    choice: MethodInput<"setProfile">["picture"],
  ): Promise<WrittenAttachment | null> {
    if (choice.kind === "remove") return null;
    if (choice.kind === "keep") {
      const { people, me } = open();
      return people.profile(me)?.picture ?? null;
    }
    const kept = await keep(choice.grant, "");
    if (!isPicture(kept.mediaType))
      throw new CoreError("picture-unsupported", { name: kept.name });
    if (kept.size > PICTURE_BYTES)
      throw new CoreError("file-large", {
        name: kept.name,
        limitBytes: PICTURE_BYTES,
      });
    return kept;
  }

  return {
    showPhrase: () => Promise.resolve({ words: open().identity.words() }),
    async setProfile(input) {
      await open().feeds.setProfile(
        input.name,
        input.about,
        await picture(input.picture),
      );
      return {};
    },
    async updateSettings(input) {
      const entries: SelfEntryOf<"setting">[] = [];
      for (const name of SETTING_NAMES) {
        const value = input[name];
        if (value !== undefined) entries.push({ type: "setting", name, value });
      }
      if (entries.length > 0) await open().self.append(...entries);
      const { settings } = open();
      if (input.limits !== undefined) settings.setLimits(input.limits);
      if (input.room !== undefined) settings.setRoom(input.room);
      if (input.pausedAll !== undefined) settings.setPausedAll(input.pausedAll);
      return {};
    },
    // Not async by itself, but a throw must become a rejection.
    examine: async () => await examine(open()),
    async connectTo({ address }) {
      await open().typed.connect(address);
      return {};
    },
    setDrill({ on }) {
      open().drill.set(on);
      return done();
    },
    setDownloadFolder({ grant }) {
      open().settings.setDownloadFolder(grants.resolve(grant).path);
      return done();
    },

    async post({ text, audience, replyTo, attachments }) {
      checkText(text, attachments.length);
      const kept: WrittenAttachment[] = [];
      for (const { grant, alt } of attachments)
        kept.push(await keep(grant, alt));
      const entry = {
        type: "post",
        id: "",
        text,
        attachments: kept,
        replyTo,
      } as const;
      const { undoMs } = open().self.state.peek().settings;
      return { held: await open().outbox.add({ audience, entry }, undoMs) };
    },
    async undoPost({ held }) {
      return { undone: await open().outbox.undo(held) };
    },
    async editPost({ post, text }) {
      await open().feeds.edit(post, text);
      return {};
    },
    async withdrawPost({ post }) {
      await open().feeds.withdraw(post);
      return {};
    },
    async react({ post, emoji, on }) {
      await open().feeds.react(post, emoji, on);
      return {};
    },
    postVersions: ({ post }) =>
      Promise.resolve({ versions: open().reader.versions(post) }),
    markRead({ posts, read }) {
      open().marks.mark(posts, read);
      return done();
    },
    markAllRead() {
      const posts = open().marks.unread(open().me);
      open().marks.mark(posts, true);
      return Promise.resolve({ posts });
    },
    saveDraft({ place, text, audience }) {
      open().drafts.save(place, text, audience);
      return done();
    },
    readDraft: ({ place }) =>
      Promise.resolve({ draft: open().drafts.read(place) }),

    createInvite: (input) => open().invites.create(input),
    async withdrawInvite({ invite, withdrawn }) {
      await open().invites.setWithdrawn(invite, withdrawn);
      return {};
    },
    async answerRequest({ invite, person, accept }) {
      await open().contacts.answerRequest(invite, person, accept);
      return {};
    },
    // Not async by itself, but a throw must become a rejection.
    readLink: async ({ link }) => open().invites.preview(link),
    async openLink({ link }) {
      await open().invites.open(link);
      return {};
    },
    async closeInvite({ invite }) {
      await open().invites.close(invite);
      return {};
    },
    async setNickname({ person, nickname }) {
      await open().contacts.setNickname(person, nickname);
      return {};
    },
    async removeContact({ person, removed }) {
      await open().contacts.setRemoved(person, removed);
      return {};
    },

    async setKeeper(input) {
      await open().keepers.setKeeper(input);
      return {};
    },
    async setKeptFor({ person, bytes, until }) {
      await open().keepers.setKeptFor(person, bytes, until);
      return {};
    },
    async keepForAll({ bytes, people }) {
      const { settings, keepers } = open();
      await keepers.keepForAll(bytes, people);
      // What it keeps, and its own records beside it: the promise is the bound.
      const limit = Math.round(bytes * 1.1) + 1_000_000_000;
      settings.setRoom({ ...settings.room, limit });
      return {};
    },

    shareFolder: (input) => open().collections.shareFolder(input),
    shareFiles: (input) => open().collections.shareFiles(input),
    async setFolderOptions(input) {
      await open().collections.ownFolders.setOptions(input);
      return {};
    },
    async findFolder(input) {
      await open().collections.ownFolders.find(input);
      return {};
    },
    async removeGone(input) {
      await open().collections.ownFolders.removeGone(input);
      return {};
    },
    copyIntoFolder: (input) => open().collections.ownFolders.copyInto(input),
    async setWriters({ collection, people }) {
      await open().collections.twoWay.writing.set(collection, people);
      return {};
    },
    async joinFolder(input) {
      await open().collections.twoWay.takingPart.join(input);
      return {};
    },
    leaveFolder(input) {
      open().collections.twoWay.takingPart.leave(input);
      return done();
    },
    resolveVersions: (input) =>
      open().collections.twoWay.settling.resolve(input),
    async reopenVersions(input) {
      await open().collections.twoWay.settling.reopen(input);
      return {};
    },
    async putBack(input) {
      await open().collections.twoWay.settling.putBack(input);
      return {};
    },
    updateCollection: (input) => open().collections.updateCollection(input),
    async removeCollection(input) {
      await open().collections.removeCollection(input);
      return {};
    },
    collectionLink: (input) => open().collections.collectionLink(input),
    download: (input) => open().collections.download(input),
    saveCopies: (input) => open().collections.saveCopies(input),
    async openFile(input) {
      await open().collections.openFile(input);
      return {};
    },
    async pauseTransfer(input) {
      await open().collections.pauseTransfer(input);
      return {};
    },
    cancelTransfer: (input) => open().collections.cancelTransfer(input),
    async retryTransfer(input) {
      await open().collections.retryTransfer(input);
      return {};
    },
    async clearTransfers() {
      await open().collections.clearTransfers();
      return {};
    },
    // Not async by itself, but a throw must become a rejection.
    async moveTransfer(input) {
      open().collections.upkeep.move(input);
      return {};
    },
    keep: (input) => open().collections.upkeep.keep(input),
    undo: (input) => open().collections.undo(input),
    keepRemoved: (input) => open().collections.upkeep.keepRemoved(input),
    async setCollectionRule(input) {
      await open().collections.upkeep.setRule(input);
      return {};
    },
    async setCollectionPaused(input) {
      await open().collections.upkeep.setPaused(input);
      return {};
    },
    async mendFile(input) {
      await open().collections.mendFile(input);
      return {};
    },
    freeSpace: (input) => open().collections.upkeep.free(input),
    freeVersions: () =>
      Promise.resolve(open().collections.upkeep.freeVersions()),
    undoFree: (input) => open().collections.upkeep.undoFree(input),
    async describeFiles({ looks }) {
      await open().looks.describe(looks);
      return {};
    },
  };
}

const SETTING_NAMES = [
  "theme",
  "undoMs",
  "sendHints",
  "useHelpers",
  "beHelper",
  "network",
  "getGoingClosed",
  "wordsSaved",
] as const;

function done(): Promise<Record<string, never>> {
  return Promise.resolve({});
}
