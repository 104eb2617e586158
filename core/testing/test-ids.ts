import { parse } from "valibot";
import {
  deviceIdSchema,
  entryRef,
  logKeySchema,
  personIdSchema,
  spaceIdSchema,
} from "#core/contract/ids.ts";
import type {
  DeviceId,
  EntryRef,
  LogKey,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import { blake2b, toText } from "#core/spaces/hash.ts";

/** Ids from names, for tests that need no keys behind them. */
function keyText(kind: string, name: string): string {
  return toText(blake2b(32, [Buffer.from(`${kind} ${name}`)]));
}

export function testPerson(name: string): PersonId {
  return parse(personIdSchema, keyText("person", name));
}

export function testDevice(name: string): DeviceId {
  return parse(deviceIdSchema, keyText("device", name));
}

export function testSpaceId(name: string): SpaceId {
  return parse(spaceIdSchema, keyText("space", name));
}

export function testLog(name: string): LogKey {
  return parse(logKeySchema, keyText("log", name));
}

/** The first entry of a block in the log with this name. */
export function testRef(log: string, block: number): EntryRef {
  return entryRef(testLog(log), block, 0);
}
