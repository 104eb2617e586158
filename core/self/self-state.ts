import type {
  InviteId,
  KeepId,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import { UNDO_MS } from "#core/contract/limits.ts";
import type { Settings } from "#core/contract/models.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { SelfEntry, SelfEntryOf } from "./self-entries.ts";

export type SelfSettings = Pick<
  Settings,
  | "theme"
  | "undoMs"
  | "sendHints"
  | "network"
  | "useHelpers"
  | "beHelper"
  | "getGoingClosed"
  | "wordsSaved"
>;

export interface SelfContact extends SelfEntryOf<"contact"> {
  readonly nickname: string | null;
}

export interface SelfInvite extends SelfEntryOf<"invite"> {
  readonly takenBy: readonly PersonId[];
  readonly withdrawn: boolean;
}

export interface SelfOpened extends SelfEntryOf<"opened"> {
  readonly outcome: SelfEntryOf<"opened-ended">["outcome"] | null;
}

/** Everything the self space says, folded. */
export interface SelfState {
  readonly feeds: readonly SpaceLink[];
  readonly holds: ReadonlyMap<SpaceId, SpaceLink>;
  /** Removed contacts stay, marked, so that taking it back loses nothing. */
  readonly contacts: ReadonlyMap<PersonId, SelfContact>;
  readonly invites: ReadonlyMap<InviteId, SelfInvite>;
  readonly opened: ReadonlyMap<InviteId, SelfOpened>;
  readonly removedCollections: ReadonlySet<SpaceId>;
  /** Who keeps for me, those that were stopped too. */
  readonly keepers: ReadonlyMap<PersonId, SelfEntryOf<"keeper">>;
  /** For whom I keep. */
  readonly pledges: ReadonlyMap<PersonId, SelfEntryOf<"pledge">>;
  /** What I keep blindly. */
  readonly kept: ReadonlyMap<KeepId, SelfEntryOf<"kept">>;
  readonly settings: SelfSettings;
}

const DEFAULT_SETTINGS: SelfSettings = {
  theme: "system",
  undoMs: UNDO_MS,
  sendHints: true,
  network: "everywhere",
  useHelpers: true,
  beHelper: false,
  getGoingClosed: false,
  wordsSaved: false,
};

/** Folds the self entries, given in order of time. Pure (EN4). */
export function foldSelf(entries: readonly SelfEntry[]): SelfState {
  const feeds: SpaceLink[] = [];
  const holds = new Map<SpaceId, SpaceLink>();
  const contacts = new Map<PersonId, SelfEntryOf<"contact">>();
  const nicknames = new Map<PersonId, string | null>();
  const invites = new Map<InviteId, SelfEntryOf<"invite">>();
  const taken = new Map<InviteId, Set<PersonId>>();
  const withdrawn = new Set<InviteId>();
  const opened = new Map<InviteId, SelfOpened>();
  const removedCollections = new Set<SpaceId>();
  const keepers = new Map<PersonId, SelfEntryOf<"keeper">>();
  const pledges = new Map<PersonId, SelfEntryOf<"pledge">>();
  const kept = new Map<KeepId, SelfEntryOf<"kept">>();
  let settings = DEFAULT_SETTINGS;

  for (const entry of entries) {
    switch (entry.type) {
      case "feed":
        feeds.push(entry.link);
        break;
      case "hold":
        holds.set(spaceIdOf(entry.link.charter), entry.link);
        break;
      case "drop":
        holds.delete(entry.space);
        break;
      case "contact":
        contacts.set(entry.person, entry);
        break;
      case "nickname":
        nicknames.set(entry.person, entry.nickname);
        break;
      case "invite":
        invites.set(entry.invite, entry);
        break;
      case "invite-taken": {
        const people = taken.get(entry.invite) ?? new Set();
        taken.set(entry.invite, people.add(entry.person));
        break;
      }
      case "invite-withdrawn":
        mark(withdrawn, entry.invite, entry.withdrawn);
        break;
      case "opened":
        opened.set(entry.invite, { ...entry, outcome: null });
        break;
      case "opened-ended": {
        const open = opened.get(entry.invite);
        if (open !== undefined)
          opened.set(entry.invite, { ...open, outcome: entry.outcome });
        break;
      }
      case "collection-removed":
        mark(removedCollections, entry.collection, entry.removed);
        break;
      case "keeper":
        keepers.set(entry.person, entry);
        break;
      case "pledge":
        pledges.set(entry.person, entry);
        break;
      case "kept":
        if (entry.keepKey === null) kept.delete(entry.keep);
        else kept.set(entry.keep, entry);
        break;
      case "setting":
        settings = withSetting(settings, entry);
        break;
    }
  }
  return {
    feeds,
    holds,
    contacts: mapValues(contacts, (contact) => ({
      ...contact,
      nickname: nicknames.get(contact.person) ?? null,
    })),
    invites: mapValues(invites, (invite) => ({
      ...invite,
      takenBy: [...(taken.get(invite.invite) ?? [])],
      withdrawn: withdrawn.has(invite.invite),
    })),
    opened,
    removedCollections,
    keepers,
    pledges,
    kept,
    settings,
  };
}

function mark<T>(set: Set<T>, value: T, isIn: boolean): void {
  if (isIn) set.add(value);
  else set.delete(value);
}

function mapValues<K, A, B>(map: ReadonlyMap<K, A>, to: (a: A) => B) {
  return new Map([...map].map(([key, value]) => [key, to(value)] as const));
}

function withSetting(
  settings: SelfSettings,
  { name, value }: SelfEntryOf<"setting">,
): SelfSettings {
  switch (name) {
    case "theme":
      return value === "system" || value === "light" || value === "dark"
        ? { ...settings, theme: value }
        : settings;
    case "undoMs":
      return typeof value === "number"
        ? { ...settings, undoMs: value }
        : settings;
    case "sendHints":
    case "useHelpers":
    case "beHelper":
    case "getGoingClosed":
    case "wordsSaved":
      return typeof value === "boolean"
        ? { ...settings, [name]: value }
        : settings;
    case "network":
      return value === "everywhere" ||
        value === "this-network" ||
        value === "nobody"
        ? { ...settings, network: value }
        : settings;
  }
}
