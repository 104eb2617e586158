import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openLocal } from "#core/storage/databases.ts";
import { createState } from "#core/base/state.ts";
import type { Address } from "#core/network/port.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { ENCOUNTERS_MIGRATION, Encounters } from "./encounters.ts";
import { firstAddresses } from "./first-addresses.ts";

const BEN = testPerson("ben");
const HOME: Address = { host: "192.168.0.7", port: 4040 };

test("IN1: when and where a contact was last met is remembered apart", async () => {
  const path = join(await tempFolder(), "local.db");
  const local = openLocal(path, [ENCOUNTERS_MIGRATION]);
  onTestFinished(() => local.close());
  const encounters = new Encounters(local);
  expect([encounters.seenAt(BEN), encounters.addressesOf(BEN)]).toEqual([
    null,
    [],
  ]);
  encounters.noteAddresses(BEN, [HOME]);
  expect(encounters.seenAt(BEN)).toBeNull();
  encounters.noteSeen(BEN, 5);
  encounters.noteSeen(BEN, 7);
  expect([encounters.seenAt(BEN), encounters.addressesOf(BEN)]).toEqual([
    7,
    [HOME],
  ]);
  encounters.noteAddresses(BEN, []);
  expect(encounters.addressesOf(BEN)).toEqual([]);
});

test("IN1: hints wait a moment for the network to wake, and no longer", async () => {
  const clock = createManualClock();
  const known = createState<readonly Address[]>([HOME]);
  expect(await firstAddresses(known, clock)).toEqual([HOME]);

  const waking = createState<readonly Address[]>([]);
  const soon = firstAddresses(waking, clock);
  waking.set([HOME]);
  expect(await soon).toEqual([HOME]);

  const never = firstAddresses(createState<readonly Address[]>([]), clock);
  clock.advance(1_500);
  expect(await never).toEqual([]);
  expect(clock.due).toEqual([]);
});
