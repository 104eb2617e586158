import type { Transfer } from "#core/contract/collection-models.ts";
import { nextTransferId, spaceId } from "./fake-ids.ts";
import { ana, ben, ingrid } from "./fake-people.ts";

const HOUR = 3_600_000;

export function fakeTransfers(now: number): readonly Transfer[] {
  const base = {
    collection: spaceId("Summer concert"),
    direction: "receiving",
    reason: "asked",
    speed: 0,
    secondsLeft: null,
    from: [],
  } as const;
  return [
    {
      ...base,
      transfer: nextTransferId(),
      title: "Summer concert 2026",
      files: { done: 12, total: 340 },
      bytes: { done: 3_528_000_000, total: 18_600_000_000 },
      speed: 3_100_000,
      secondsLeft: 4_860,
      from: [ana, ben],
      state: { stage: "running" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Garden papers",
      collection: spaceId("Garden papers"),
      direction: "sharing",
      files: { done: 31, total: 148 },
      bytes: { done: 120_000_000, total: 412_000_000 },
      speed: 210_000_000,
      secondsLeft: 2,
      state: { stage: "running" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Recipes, handwritten",
      collection: spaceId("Recipes"),
      files: { done: 4, total: 38 },
      bytes: { done: 9_000_000, total: 91_000_000 },
      state: { stage: "waiting", people: [ingrid] },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Evening 2, full.mp4",
      files: { done: 0, total: 1 },
      bytes: { done: 0, total: 8_100_000_000 },
      state: { stage: "room", lack: "limit" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      reason: "rule",
      title: "Recipes, handwritten",
      collection: spaceId("Recipes"),
      files: { done: 0, total: 4 },
      bytes: { done: 0, total: 12_000_000 },
      state: { stage: "queued" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Encore.flac",
      files: { done: 0, total: 1 },
      bytes: { done: 20_000_000, total: 48_000_000 },
      state: { stage: "paused", by: "transfer" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Poster.png",
      files: { done: 0, total: 1 },
      bytes: { done: 0, total: 8_400_000 },
      state: { stage: "waiting", people: [ana] },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Backstage.mov",
      files: { done: 0, total: 1 },
      bytes: { done: 600_000_000, total: 640_000_000 },
      state: { stage: "failed", problem: "disk-full" },
    },
    {
      ...base,
      transfer: nextTransferId(),
      title: "Programme.pdf",
      files: { done: 1, total: 1 },
      bytes: { done: 2_200_000, total: 2_200_000 },
      from: [ana],
      state: { stage: "done", at: now - 2 * HOUR },
    },
  ];
}
