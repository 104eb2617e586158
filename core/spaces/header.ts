import * as v from "valibot";
import {
  deviceIdSchema,
  personIdSchema,
  spaceIdSchema,
} from "#core/contract/ids.ts";
import type {
  DeviceId,
  LogKey,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import { verifyDevice, verifySignature } from "#core/identity/device.ts";
import type { Identity } from "#core/identity/identity.ts";
import { readBlockJson, writeBlock } from "./block.ts";
import { spaceIdOf } from "./charter.ts";
import type { Charter } from "./charter.ts";
import { toBytes } from "./hash.ts";

/** Block 0 of every log: whose it is and where it belongs (SP4). */
export interface Header {
  readonly space: SpaceId;
  readonly person: PersonId;
  readonly device: DeviceId;
}

/** A header block is small; a larger one is refused unread. */
export const HEADER_BYTES = 4096;
const CONTEXT = "log-header";
const base64 = v.pipe(v.string(), v.maxLength(1024), v.base64());

const headerSchema = v.strictObject({
  space: spaceIdSchema,
  person: personIdSchema,
  device: deviceIdSchema,
  attestation: base64,
  signature: base64,
});

/** Writes the header of this device's log in a space. */
export function writeHeader(
  identity: Identity,
  space: SpaceId,
  log: LogKey,
): Buffer {
  const signature = identity.signAsDevice(CONTEXT, signed(space, log));
  return writeBlock({
    space,
    person: identity.person,
    device: identity.device,
    attestation: identity.attestation.toString("base64"),
    signature: signature.toString("base64"),
  });
}

/**
 * Reads and checks a header from anywhere: the person stands behind the device
 * (ID3), and the device signed this space and this log (SP4). Null is a refusal.
 */
export function readHeader(block: Buffer, log: LogKey): Header | null {
  if (block.length > HEADER_BYTES) return null;
  const json = readBlockJson(block);
  if (json.kind !== "json") return null;
  const read = v.safeParse(headerSchema, json.value);
  if (!read.success) return null;
  const { space, person, device, attestation, signature } = read.output;
  const stands =
    verifyDevice(Buffer.from(attestation, "base64"), { person, device }) &&
    verifySignature(
      CONTEXT,
      signed(space, log),
      Buffer.from(signature, "base64"),
      device,
    );
  return stands ? { space, person, device } : null;
}

/** Whether a header is of a version after this one, so that nothing can be said of it. */
export function isNewerHeader(block: Buffer): boolean {
  return readBlockJson(block).kind === "newer";
}

/** Whether a space takes in a log, from its header alone (SP5). */
export function admits(charter: Charter, header: Header): boolean {
  if (header.space !== spaceIdOf(charter)) return false;
  switch (charter.kind) {
    case "self":
    case "feed":
    case "collection":
      return header.person === charter.founder;
    case "conversation":
      return charter.members.includes(header.person);
  }
}

function signed(space: SpaceId, log: LogKey): Buffer {
  return Buffer.concat([toBytes(space), toBytes(log)]);
}
