import * as v from "valibot";
import {
  deviceIdSchema,
  logKeySchema,
  personIdSchema,
  spaceIdSchema,
} from "#core/contract/ids.ts";
import type { DeviceId, PersonId } from "#core/contract/ids.ts";
import {
  HEADERS_PER_SPACE,
  TAGS_PADDING,
  TAGS_PER_LINE,
} from "#core/contract/limits.ts";
import type { Random } from "#core/base/random.ts";
import { verifyDevice, verifySignature } from "#core/identity/device.ts";
import type { Identity } from "#core/identity/identity.ts";
import { HEADER_BYTES } from "./header.ts";
import { TAG_BYTES } from "./topics.ts";

/** Protocol and numbers of the meet messages. On the wire since 0.1; only add at the end. */
export const MEET_PROTOCOL = "commonplace/meet@1";
export const TAGS = 0;
export const PROOF = 1;
export const LOGS = 2;
export const HAVE = 3;

const base64 = (bytes: number) =>
  v.pipe(
    v.string(),
    v.maxLength(Math.ceil(bytes / 3) * 4),
    v.base64(),
    v.transform((text) => Buffer.from(text, "base64")),
  );
const length = v.pipe(v.number(), v.integer(), v.minValue(0));

/** ME3: what each side holds, as tags; random ones between them. */
export const tagsSchema = v.strictObject({
  tags: base64(TAGS_PER_LINE * TAG_BYTES),
});

/** ME4: the device behind this line. */
export const proofSchema = v.strictObject({
  person: personIdSchema,
  device: deviceIdSchema,
  attestation: base64(1024),
  signature: base64(64),
});

/** ME5: admitted logs of one common space, with their headers. */
export const logsSchema = v.strictObject({
  space: spaceIdSchema,
  logs: v.pipe(
    v.array(
      v.strictObject({ log: logKeySchema, header: base64(HEADER_BYTES) }),
    ),
    v.maxLength(HEADERS_PER_SPACE),
  ),
});

/** How much of a log is here and on disk, so that its author can say who has it. */
export const haveSchema = v.strictObject({ log: logKeySchema, length });

/** Joins tags with random ones up to a multiple of `TAGS_PADDING`, in random order. */
export function padTags(tags: readonly Buffer[], random: Random): Buffer {
  const kept = tags.slice(0, TAGS_PER_LINE);
  const whole = Math.ceil(Math.max(kept.length, 1) / TAGS_PADDING);
  const padding = whole * TAGS_PADDING - kept.length;
  for (let n = 0; n < padding; n++) kept.push(random.bytes(TAG_BYTES));
  // In order of their bytes, which are random: tells nothing, costs nothing.
  return Buffer.concat(kept.sort(Buffer.compare));
}

/** Splits a tags message; null when it is not whole. */
export function splitTags(bytes: Buffer): ReadonlySet<string> | null {
  const isWhole =
    bytes.length > 0 && bytes.length % (TAG_BYTES * TAGS_PADDING) === 0;
  if (!isWhole) return null;
  const tags = new Set<string>();
  for (let at = 0; at < bytes.length; at += TAG_BYTES)
    tags.add(bytes.toString("hex", at, at + TAG_BYTES));
  return tags;
}

const CONTEXT = "line-proof";

function proved(handshakeHash: Buffer, isInitiator: boolean): Buffer {
  return Buffer.concat([handshakeHash, Buffer.from([isInitiator ? 1 : 0])]);
}

/** Proves this device on one line: a signature over its handshake and our role (ME4). */
export function writeProof(
  identity: Identity,
  handshakeHash: Buffer,
  isInitiator: boolean,
): unknown {
  const signature = identity.signAsDevice(
    CONTEXT,
    proved(handshakeHash, isInitiator),
  );
  return {
    person: identity.person,
    device: identity.device,
    attestation: identity.attestation.toString("base64"),
    signature: signature.toString("base64"),
  };
}

/** Whether a proof from the other end holds on this line (ME4, ID3). */
export function verifyProof(
  proof: {
    readonly person: PersonId;
    readonly device: DeviceId;
    readonly attestation: Buffer;
    readonly signature: Buffer;
  },
  handshakeHash: Buffer,
  theyInitiated: boolean,
): boolean {
  const { person, device, attestation, signature } = proof;
  return (
    verifyDevice(attestation, { person, device }) &&
    verifySignature(
      CONTEXT,
      proved(handshakeHash, theyInitiated),
      signature,
      device,
    )
  );
}
