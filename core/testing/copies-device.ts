import { onTestFinished } from "vitest";
import type { SpaceId } from "#core/contract/ids.ts";
import type { PersonLabel } from "#core/contract/models.ts";
import { createLogger } from "#core/base/logger.ts";
import { AVAILABILITY_MIGRATION } from "#core/availability/availability-tables.ts";
import { Availability } from "#core/availability/availability.ts";
import type { ListedContent } from "#core/availability/model.ts";
import { openLocal } from "#core/storage/databases.ts";
import type { FilesDevice, TestContent } from "./files-device.ts";
import { createFilesDevices, joinDevices, testSpace } from "./files-device.ts";
import { createManualClock } from "./manual-clock.ts";
import type { ManualClock } from "./manual-clock.ts";
import { seededRandom } from "./seeded-random.ts";
import type { TestSession } from "./session-pair.ts";
import { testPerson } from "./test-ids.ts";

/** A device that watches who has the files of one collection, with a clock in the test's hand. */
export interface CopiesDevice {
  readonly clock: ManualClock;
  readonly space: SpaceId;
  readonly device: FilesDevice;
  readonly availability: Availability;
  /** Lists files; `isHere` says whether they are on this device. */
  list(contents: readonly TestContent[], isHere?: boolean): void;
  /** Somebody with a device who holds these, on a line. */
  meet(
    name: string | null,
    holds: readonly TestContent[],
  ): Promise<{
    readonly device: FilesDevice;
    /** Their end of the line and ours. */
    readonly theirs: TestSession;
    readonly ours: TestSession;
  }>;
  /** Lets time pass in steps, so that answers come in between. */
  pass(ms: number): Promise<void>;
  mayCheck: boolean;
}

export async function createCopiesDevice(): Promise<CopiesDevice> {
  const space = testSpace("collection");
  const clock = createManualClock();
  const devices = createFilesDevices();
  const device = await devices.make();
  const listed: ListedContent[] = [];
  // In memory: no thread answers later than the clock goes.
  const local = openLocal(":memory:", [AVAILABILITY_MIGRATION]);
  const contents = new Map<string, TestContent>();
  const bugs: string[] = [];
  const availability = new Availability({
    local,
    exchange: device.exchange,
    people: {
      label: (person): PersonLabel => ({
        person,
        name: person.slice(0, 4),
        picture: null,
        isMe: false,
      }),
    },
    listing: {
      spaces: () => new Map([[space, testPerson("ana")]]),
      stamp: () => String(listed.length),
      async *files() {
        await Promise.resolve();
        yield listed;
      },
      at: (_, index) => listed[index] ?? null,
      range: (_, path) => ({
        first: listed.findIndex((it) => it.path.startsWith(path)),
        count: listed.filter((it) => it.path.startsWith(path)).length,
      }),
    },
    listOf: () => null,
    contentOf: (root) => contents.get(root) ?? null,
    spacesOf: () => [space],
    seenAt: () => null,
    mayCheck: () => made.mayCheck,
    clock,
    random: seededRandom("copies"),
    logger: createLogger(
      (line) => {
        if (line.includes('"level":"bug"')) bugs.push(line);
      },
      () => "-",
    ),
  });
  onTestFinished(async () => {
    await availability.close();
    await devices.close();
    await local.close();
    if (bugs.length > 0) throw new Error(bugs.join("\n"));
  });

  const made: CopiesDevice = {
    clock,
    space,
    device,
    availability,
    mayCheck: true,
    list(news, isHere = false) {
      for (const content of news) {
        const { root, size, chunkSize } = content;
        contents.set(root, content);
        device.naming.name(space, content);
        if (isHere) device.reader.add(content);
        const path = `file ${String(listed.length).padStart(6, "0")}`;
        listed.push({ path, root, size, chunkSize, isHere });
      }
    },
    async meet(name, holds) {
      const other = await devices.make();
      for (const content of contents.values())
        other.naming.name(space, content);
      other.reader.add(...holds);
      const [ours, theirs] = await joinDevices(device, other, [space]);
      if (name !== null) ours.person.set(testPerson(name));
      return { device: other, ours, theirs };
    },
    async pass(ms) {
      for (let at = 0; at < ms; at += 1_000) {
        clock.advance(1_000);
        await settle();
      }
    },
  };
  return made;
}

/** Lets messages that are under way arrive, and be answered. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 40; turns++)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}
