import * as c from "compact-encoding";
import type { InviteId, PersonId } from "#core/contract/ids.ts";
import { NAME_CHARACTERS } from "#core/contract/limits.ts";
import { verifyDevice, verifySignature } from "#core/identity/device.ts";
import type { Identity } from "#core/identity/identity.ts";
import { deviceIdOf, personIdOf } from "#core/identity/key-text.ts";
import { SEAL_BYTES } from "#core/identity/sealed-note.ts";
import { inOrder } from "#core/spaces/charter.ts";
import { blake2b, toBytes } from "#core/spaces/hash.ts";
import type { Answer } from "./contact-messages.ts";

/** Every note has this size, so that it says nothing by it (IN5). */
export const NOTE_BYTES = 800;
const PLAIN_BYTES = NOTE_BYTES - SEAL_BYTES;
const VERSION = 1;
const NAME_BYTES = NAME_CHARACTERS * 4;
/** In this order on the wire; 0 is a welcome. */
const OUTCOMES = [
  "welcome",
  "asked",
  "invite-expired",
  "invite-used",
  "invite-withdrawn",
] as const;

/** What somebody who opened an invite leaves for its maker. */
export interface ParkedRequest {
  readonly person: PersonId;
  readonly name: string;
  /** The key to seal the answer to, and from which the place of the answer follows. */
  readonly reply: Buffer;
}

/** Who signs, the proof for it, the signature, and what is said. */
const signed = {
  person: c.fixed32,
  device: c.fixed32,
  attestation: c.buffer,
  signature: c.fixed(64),
  body: c.buffer,
};
type Signed = Readonly<Record<keyof typeof signed, Buffer>>;

/** The request as it is sealed to the inviter, before sealing. */
export function writeRequest(
  identity: Identity,
  to: { readonly invite: InviteId; readonly inviter: PersonId },
  request: { readonly name: string; readonly reply: Buffer },
): Buffer {
  const name = Buffer.from(request.name).subarray(0, NAME_BYTES);
  const body = Buffer.concat([request.reply, name]);
  return sign(identity, "parked-request", subject(to.invite, to.inviter), body);
}

/** Reads an opened note as a request for this invite of mine; null when it is none, or of somebody else. */
export function readRequest(
  plain: Buffer,
  to: { readonly invite: InviteId; readonly inviter: PersonId },
): ParkedRequest | null {
  const about = subject(to.invite, to.inviter);
  const read = verify(plain, "parked-request", about);
  if (read === null || read.body.length < 32) return null;
  return {
    person: read.person,
    reply: Buffer.from(read.body.subarray(0, 32)),
    name: read.body.subarray(32, 32 + NAME_BYTES).toString(),
  };
}

/** The answer as it is sealed to whoever asked, before sealing. */
export function writeParkedAnswer(
  identity: Identity,
  taker: PersonId,
  answer: Answer,
): Buffer {
  const outcome = answer.outcome === "refused" ? answer.reason : answer.outcome;
  const conversation =
    answer.outcome === "welcome" ? answer.conversation : null;
  const isFounder = conversation?.charter.founder === identity.person;
  const body = Buffer.concat([
    Buffer.from([OUTCOMES.indexOf(outcome), isFounder ? 1 : 0]),
    Buffer.from(conversation?.charter.nonce ?? "", "hex"),
    conversation?.readKey ?? Buffer.alloc(0),
  ]);
  return sign(identity, "parked-answer", subject(answer.invite, taker), body);
}

/** Reads an opened note as the inviter's answer to me; null when it is none. */
export function readParkedAnswer(
  plain: Buffer,
  of: {
    readonly invite: InviteId;
    readonly inviter: PersonId;
    readonly me: PersonId;
  },
): Answer | null {
  const { invite, inviter, me } = of;
  const read = verify(plain, "parked-answer", subject(invite, me));
  if (read === null || read.person !== inviter) return null;
  const outcome = OUTCOMES[read.body[0] ?? OUTCOMES.length];
  if (outcome === undefined) return null;
  if (outcome === "asked") return { outcome, invite };
  if (outcome !== "welcome")
    return { outcome: "refused", invite, reason: outcome };
  if (read.body.length !== 2 + 16 + 32) return null;
  return {
    outcome,
    invite,
    conversation: {
      charter: {
        v: 1,
        kind: "conversation",
        founder: read.body[1] === 1 ? inviter : me,
        nonce: read.body.toString("hex", 2, 18),
        members: inOrder([inviter, me]),
      },
      readKey: Buffer.from(read.body.subarray(18)),
    },
  };
}

/** What a signature is about: this invite, and the person it is for. */
function subject(invite: InviteId, person: PersonId): Buffer {
  return blake2b(32, [toBytes(invite), toBytes(person)]);
}

function sign(
  identity: Identity,
  context: string,
  about: Buffer,
  body: Buffer,
): Buffer {
  const message = Buffer.concat([about, body]);
  const all: Signed = {
    person: toBytes(identity.person),
    device: toBytes(identity.device),
    attestation: identity.attestation,
    signature: identity.signAsDevice(context, message),
    body,
  };
  const state = c.state(0, PLAIN_BYTES, Buffer.alloc(PLAIN_BYTES));
  c.uint8.encode(state, VERSION);
  signed.person.encode(state, all.person);
  signed.device.encode(state, all.device);
  signed.attestation.encode(state, all.attestation);
  signed.signature.encode(state, all.signature);
  signed.body.encode(state, all.body);
  return Buffer.from(state.buffer ?? []);
}

function verify(plain: Buffer, context: string, about: Buffer) {
  if (plain.length !== PLAIN_BYTES) return null;
  try {
    const state = c.state(0, plain.length, plain);
    if (c.uint8.decode(state) !== VERSION) return null;
    const person = personIdOf(signed.person.decode(state));
    const device = deviceIdOf(signed.device.decode(state));
    const attestation = signed.attestation.decode(state) ?? Buffer.alloc(0);
    const signature = signed.signature.decode(state);
    const body = Buffer.from(signed.body.decode(state) ?? []);
    const message = Buffer.concat([about, body]);
    const isTrue =
      verifyDevice(attestation, { person, device }) &&
      verifySignature(context, message, signature, device);
    return isTrue ? { person, body } : null;
  } catch {
    // Whoever sealed this wrote no note.
    return null;
  }
}
