import * as v from "valibot";
import { inviteIdSchema } from "#core/contract/ids.ts";
import { INVITE_MESSAGE_CHARACTERS } from "#core/contract/limits.ts";
import { spaceLinkSchema, writeSpaceLink } from "#core/spaces/charter.ts";

/** Protocol and numbers of the contact messages. On the wire since 0.1; only add at the end. */
export const CONTACT_PROTOCOL = "commonplace/contact@1";
export const REQUEST = 0;
export const ANSWER = 1;
export const CARD = 2;

/** A card carries at most this many feeds: one for each audience and chapter. */
export const FEEDS_MOST = 64;
const ADDRESSES_MOST = 16;

const name = v.pipe(v.string(), v.maxLength(400));
const address = v.strictObject({
  host: v.pipe(v.string(), v.maxLength(64), v.ip()),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
});

/** From whoever opened an invite, on the proven line (IN2). */
export const requestSchema = v.strictObject({
  invite: inviteIdSchema,
  name,
  message: v.pipe(v.string(), v.maxLength(INVITE_MESSAGE_CHARACTERS * 4)),
});

/** From the inviter: yes, with the key of the pair's conversation (IN3); later; or no. */
export const answerSchema = v.variant("outcome", [
  v.strictObject({
    outcome: v.literal("welcome"),
    invite: inviteIdSchema,
    conversation: spaceLinkSchema,
  }),
  v.strictObject({ outcome: v.literal("asked"), invite: inviteIdSchema }),
  v.strictObject({
    outcome: v.literal("refused"),
    invite: inviteIdSchema,
    reason: v.picklist(["invite-expired", "invite-used", "invite-withdrawn"]),
  }),
]);

/** What contacts tell each other on every line: their name, feeds and addresses of the moment (IN1). */
export const cardSchema = v.strictObject({
  name,
  feeds: v.pipe(v.array(spaceLinkSchema), v.maxLength(FEEDS_MOST)),
  addresses: v.pipe(v.array(address), v.maxLength(ADDRESSES_MOST)),
  /** The key under which this device carries lines for its contacts (ME9). */
  helper: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)))),
});

export type Request = v.InferOutput<typeof requestSchema>;
export type Answer = v.InferOutput<typeof answerSchema>;
export type Card = v.InferOutput<typeof cardSchema>;
export type RefusalReason = Extract<
  Answer,
  { readonly outcome: "refused" }
>["reason"];

/** An answer as it goes over a line. */
export function writeAnswer(answer: Answer): unknown {
  return answer.outcome === "welcome"
    ? { ...answer, conversation: writeSpaceLink(answer.conversation) }
    : answer;
}
