import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "#core/base/clock.ts";
import type { Clock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createCore } from "#core/core.ts";
import type { Core, Desktop, DiskSpace } from "#core/core-port.ts";
import type { Feed, Post } from "#core/contract/feed-models.ts";
import { createMemoryHub } from "#core/network/memory.ts";
import type { MemoryHub } from "#core/network/memory.ts";
import type { Network } from "#core/network/port.ts";
import { until } from "./until.ts";

/** A whole core of one person in a folder of its own, as an app would run it. */
export interface TestPerson {
  readonly name: string;
  readonly core: Core;
  readonly dataFolder: string;
  /** Everything logged so far that was a bug. */
  readonly bugs: readonly string[];
  /** Closes the core and opens it again on the same folder. */
  restart(): Promise<TestPerson>;
  close(): Promise<void>;
}

export interface TestPeople {
  readonly hub: MemoryHub;
  /** Makes a person who is set up and ready. */
  add(name: string, options?: PersonOptions): Promise<TestPerson>;
  /** Makes both contacts through an invite and waits until both are. */
  befriend(a: TestPerson, b: TestPerson): Promise<void>;
  close(): Promise<void>;
}

export interface PersonOptions {
  readonly clock?: Clock;
  /** A network of the test's own, which it closes. */
  readonly network?: Network;
  /** Makes the network of each start; the hub's when left out. */
  readonly openNetwork?: () => Network;
  readonly desktop?: Desktop;
  /** A disk with plenty of room when left out. */
  readonly disks?: DiskSpace;
}

/** So that a test says the same on a full computer. */
const roomy: DiskSpace = {
  look: () => Promise.resolve({ disk: "roomy", free: 1_000_000_000_000 }),
};

const noDesktop: Desktop = {
  pick: () => Promise.resolve(null),
  open: () => Promise.resolve(),
  show: () => Promise.resolve(),
  canListFolders: true,
};

/** Whole cores on one memory network; ring 2 of the tests. */
export async function createPeople(): Promise<TestPeople> {
  const root = await mkdtemp(join(tmpdir(), "commonplace-people-"));
  const hub = createMemoryHub();
  const open = new Set<TestPerson>();

  async function start(
    name: string,
    dataFolder: string,
    options: PersonOptions,
  ): Promise<TestPerson> {
    const bugs: string[] = [];
    const ownNetwork = options.network === undefined;
    const network =
      options.network ?? options.openNetwork?.() ?? hub.network(name);
    const core = await createCore({
      dataFolder,
      network,
      clock: options.clock ?? systemClock,
      random: systemRandom,
      logger: createLogger(
        (line) => {
          if (line.startsWith('{"level":"bug"')) bugs.push(line);
        },
        () => "test",
      ),
      keyring: null,
      desktop: options.desktop ?? noDesktop,
      disks: options.disks ?? roomy,
    });
    const person: TestPerson = {
      name,
      core,
      dataFolder,
      bugs,
      async restart() {
        await person.close();
        return await start(name, dataFolder, options);
      },
      async close() {
        open.delete(person);
        await core.close();
        if (ownNetwork) await network.close();
      },
    };
    open.add(person);
    return person;
  }

  return {
    hub,
    async add(name, options = {}) {
      const person = await start(name, join(root, name), options);
      await person.core.handlers.start({
        name,
        lock: { kind: "unlocked" },
        phrase: null,
      });
      await person.core.handlers.updateSettings({ undoMs: 0 });
      return person;
    },
    async befriend(a, b) {
      const { link } = await a.core.handlers.createInvite({
        lifeMs: 60 * 60 * 1000,
        uses: 1,
        message: "",
      });
      await b.core.handlers.openLink({ link });
      for (const [one, other] of [
        [a, b],
        [b, a],
      ] as const)
        await until(one.core.states.contacts({}), (contacts) =>
          contacts.some((contact) => contact.name === other.name),
        );
    },
    async close() {
      for (const person of open) await person.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The whole feed as a person sees it. */
export function feedOf(person: TestPerson) {
  return person.core.states.feed({ filter: "all", first: 0, count: 500 });
}

/** Waits for a post with this text and answers it. */
export async function untilPost(
  person: TestPerson,
  text: string,
): Promise<Post> {
  const find = (feed: Feed) => feed.items.find((post) => post.text === text);
  const feed = await until(feedOf(person), (it) => find(it) !== undefined);
  const post = find(feed);
  if (post === undefined) throw new Error("the feed lost a post");
  return post;
}
