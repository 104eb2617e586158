import * as v from "valibot";
import {
  inviteIdSchema,
  keepIdSchema,
  personIdSchema,
  spaceIdSchema,
} from "#core/contract/ids.ts";
import { spaceLinkSchema } from "#core/spaces/charter.ts";
import { keepListSchema } from "#core/spaces/keep-list.ts";

const time = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * What a person writes for themself alone (EN6, self). On disk since 0.1: a type
 * is never changed, only added. Later entries of a kind replace earlier ones
 * about the same subject.
 */
export const selfEntrySchema = v.variant("type", [
  /** A feed of mine; the last one of an audience is the one written to (SP8: chapters). */
  v.object({ type: v.literal("feed"), link: spaceLinkSchema }),
  /** A space of others, or a collection of mine, that this person holds. */
  v.object({ type: v.literal("hold"), link: spaceLinkSchema }),
  v.object({ type: v.literal("drop"), space: spaceIdSchema }),
  v.object({
    type: v.literal("contact"),
    person: personIdSchema,
    name: v.string(),
    metAt: time,
    conversation: spaceLinkSchema,
    feeds: v.array(spaceLinkSchema),
    removed: v.boolean(),
  }),
  v.object({
    type: v.literal("nickname"),
    person: personIdSchema,
    nickname: v.nullable(v.string()),
  }),
  v.object({
    type: v.literal("invite"),
    invite: inviteIdSchema,
    link: v.string(),
    madeAt: time,
    expiresAt: time,
    uses: v.number(),
    message: v.string(),
  }),
  /** Written before the taker is told (IN4). */
  v.object({
    type: v.literal("invite-taken"),
    invite: inviteIdSchema,
    person: personIdSchema,
  }),
  v.object({
    type: v.literal("invite-withdrawn"),
    invite: inviteIdSchema,
    withdrawn: v.boolean(),
  }),
  /** An invite of somebody else that I opened. */
  v.object({
    type: v.literal("opened"),
    invite: inviteIdSchema,
    link: v.string(),
    openedAt: time,
  }),
  v.object({
    type: v.literal("opened-ended"),
    invite: inviteIdSchema,
    outcome: v.picklist([
      "done",
      "closed",
      "invite-expired",
      "invite-used",
      "invite-withdrawn",
    ]),
  }),
  /** A collection taken off my list, or put back. */
  v.object({
    type: v.literal("collection-removed"),
    collection: spaceIdSchema,
    removed: v.boolean(),
  }),
  /** What somebody keeps for me: which spaces, and whether they may read them (KE1). */
  v.object({
    type: v.literal("keeper"),
    person: personIdSchema,
    mode: v.picklist(["blind", "readable", "stopped"]),
    /** Met as a machine that only keeps: while blind it is given no key to any feed. */
    isMachine: v.boolean(),
    feeds: v.boolean(),
    collections: v.array(spaceIdSchema),
    /** At most this much, in bytes; null is as much as they hold for me. */
    bytes: v.nullable(v.number()),
    until: v.nullable(time),
  }),
  /** How much I keep for somebody, in bytes; 0 is no more. */
  v.object({
    type: v.literal("pledge"),
    person: personIdSchema,
    bytes: v.number(),
    until: v.nullable(time),
  }),
  /** What I keep blindly for somebody; a keep key as text, or null when no more. */
  v.object({
    type: v.literal("kept"),
    keep: keepIdSchema,
    person: personIdSchema,
    keepKey: v.nullable(v.string()),
    list: v.nullable(keepListSchema),
  }),
  v.object({
    type: v.literal("setting"),
    name: v.picklist([
      "theme",
      "undoMs",
      "sendHints",
      "network",
      "useHelpers",
      "beHelper",
      "getGoingClosed",
      "wordsSaved",
    ]),
    value: v.union([v.string(), v.number(), v.boolean()]),
  }),
]);

export type SelfEntry = v.InferOutput<typeof selfEntrySchema>;
export type SelfEntryOf<T extends SelfEntry["type"]> = Extract<
  SelfEntry,
  { readonly type: T }
>;
