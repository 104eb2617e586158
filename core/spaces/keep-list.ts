import * as v from "valibot";
import {
  deviceIdSchema,
  keepIdSchema,
  logKeySchema,
  personIdSchema,
} from "#core/contract/ids.ts";
import type { KeepId, LogKey } from "#core/contract/ids.ts";
import { KEEP_LOGS } from "#core/contract/limits.ts";
import { verifyDevice, verifySignature } from "#core/identity/device.ts";
import type { Identity } from "#core/identity/identity.ts";
import { canonicalJson } from "./charter.ts";

const CONTEXT = "keep-list";
const base64 = v.pipe(v.string(), v.maxLength(1024), v.base64());

/**
 * The logs of one space that a blind keeper keeps, signed by a device of the
 * space's founder (KE2). It names no space, and the later of two counts.
 * On the wire and in the self space since 0.1.
 */
export const keepListSchema = v.strictObject({
  keep: keepIdSchema,
  /** When it was made, in milliseconds. */
  at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  logs: v.pipe(v.array(logKeySchema), v.maxLength(KEEP_LOGS)),
  person: personIdSchema,
  device: deviceIdSchema,
  attestation: base64,
  signature: base64,
});

export type KeepList = v.InferOutput<typeof keepListSchema>;

/** Signs which logs of a space are to be kept. */
export function writeKeepList(
  identity: Identity,
  keep: KeepId,
  logs: readonly LogKey[],
  at: number,
): KeepList {
  const named = [...logs].sort().slice(0, KEEP_LOGS);
  const signature = identity.signAsDevice(CONTEXT, signed(keep, at, named));
  return {
    keep,
    at,
    logs: named,
    person: identity.person,
    device: identity.device,
    attestation: identity.attestation.toString("base64"),
    signature: signature.toString("base64"),
  };
}

/** Whether a list was signed by a device of the person it names (ID3). */
export function isKeepList(list: KeepList): boolean {
  const { keep, at, logs, person, device, attestation, signature } = list;
  return (
    verifyDevice(Buffer.from(attestation, "base64"), { person, device }) &&
    verifySignature(
      CONTEXT,
      signed(keep, at, logs),
      Buffer.from(signature, "base64"),
      device,
    )
  );
}

function signed(keep: KeepId, at: number, logs: readonly LogKey[]): Buffer {
  return Buffer.from(canonicalJson({ keep, at, logs }));
}
