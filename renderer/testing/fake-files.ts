import type { CollectionRow } from "#core/contract/collection-models.ts";
import { spaceId } from "./fake-ids.ts";
import { ana, ingrid, mira } from "./fake-people.ts";
import { notKept } from "./fake-room.ts";
import { fakeWatch } from "./fake-watching.ts";
import { mayJoin, onlyMine, onlySeen, withWriters } from "./fake-versions.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function fakeCollections(now: number): readonly CollectionRow[] {
  return [
    {
      collection: spaceId("Garden papers"),
      title: "Garden papers",
      about:
        "Minutes, plans, seed lists. Everything the association has ever written down.",
      owner: mira,
      mine: true,
      audience: { kind: "contacts" },
      files: 148,
      bytes: 412_000_000,
      filesHere: 148,
      bytesHere: 412_000_000,
      changedAt: now - 3 * HOUR,
      folderMissing: false,
      folderName: "garden-papers",
      watch: fakeWatch({ stage: "pending", changes: 3 }),
      copies: null,
      ...notKept,
      ...withWriters,
    },
    {
      collection: spaceId("Photos of the old orchard"),
      title: "Photos of the old orchard",
      about: "",
      owner: mira,
      mine: true,
      audience: { kind: "chosen", people: [ana, ingrid] },
      files: 62,
      bytes: 1_240_000_000,
      filesHere: 62,
      bytesHere: 1_240_000_000,
      changedAt: now - 6 * DAY,
      folderMissing: true,
      folderName: "orchard",
      watch: fakeWatch({ stage: "missing" }),
      copies: null,
      ...notKept,
      ...onlyMine,
    },
    {
      collection: spaceId("Summer concert"),
      title: "Summer concert 2026",
      about: "Both evenings, in full, with the sound from the desk.",
      owner: ana,
      mine: false,
      audience: null,
      files: 340,
      bytes: 18_600_000_000,
      filesHere: 12,
      bytesHere: 642_000_000,
      changedAt: now - 2 * DAY,
      folderMissing: false,
      folderName: null,
      watch: null,
      copies: null,
      ...notKept,
      ...mayJoin,
    },
    {
      collection: spaceId("Recipes"),
      title: "Recipes, handwritten",
      about: "",
      owner: ingrid,
      mine: false,
      audience: null,
      files: 38,
      bytes: 91_000_000,
      filesHere: 38,
      bytesHere: 91_000_000,
      changedAt: now - 11 * DAY,
      folderMissing: false,
      folderName: null,
      watch: null,
      copies: null,
      ...notKept,
      ...onlySeen,
    },
  ];
}
