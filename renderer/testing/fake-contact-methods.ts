import { CoreError } from "#core/contract/errors.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { inviteId, nextLocal, spaceId } from "./fake-ids.ts";
import { ana, label } from "./fake-people.ts";
import type { FakeMethods } from "./fake-methods-type.ts";
import type { WorldStore } from "./fake-world.ts";

/** Invites and people. */
export function fakeContactMethods({
  set,
}: WorldStore): FakeMethods<
  | "createInvite"
  | "withdrawInvite"
  | "answerRequest"
  | "readLink"
  | "openLink"
  | "closeInvite"
  | "setNickname"
  | "removeContact"
> {
  return {
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
        isKeeper: text.includes("keeper"),
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
  };
}
