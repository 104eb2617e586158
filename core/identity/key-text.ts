import * as v from "valibot";
import z32 from "z32";
import {
  deviceIdSchema,
  personIdSchema,
  type DeviceId,
  type PersonId,
  type SpaceId,
} from "#core/contract/ids.ts";

/** The id of a person from the 32-byte identity key (ID1). Throws on another length. */
export function personIdOf(identityKey: Uint8Array): PersonId {
  return v.parse(personIdSchema, z32.encode(identityKey));
}

/** The id of a device from its 32-byte public key (ID2). Throws on another length. */
export function deviceIdOf(publicKey: Uint8Array): DeviceId {
  return v.parse(deviceIdSchema, z32.encode(publicKey));
}

/** The 32 bytes that an id stands for. */
export function keyBytes(id: PersonId | DeviceId | SpaceId): Buffer {
  return z32.decode(id);
}
