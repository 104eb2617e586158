import type { Duplex } from "node:stream";
import NoiseSecretStream from "@hyperswarm/secret-stream";
import { neverRejects } from "#core/base/never-rejects.ts";
import { systemClock, type Clock } from "#core/base/clock.ts";
import { onceATask } from "#core/base/once-a-task.ts";
import { createState } from "#core/base/state.ts";
import { openLine } from "./line.ts";
import { createPipe } from "./pipe.ts";
import type { Address, Line, Network, Wanted } from "./port.ts";

/** Both ends of one raw connection; `from` is the end that dials. */
export type Wire = (from: string, to: string) => readonly [Duplex, Duplex];

/** Devices in one process that meet as they would on a network. */
export interface MemoryHub {
  /** The network of one device; the name is for the calls below. */
  network(name: string): Network;
  /** Breaks the link between two devices: their line closes and none is made. */
  cut(a: string, b: string): void;
  heal(a: string, b: string): void;
  /** Takes one device off the network: offline, and no line to anybody. */
  unplug(name: string): void;
  plug(name: string): void;
}

export interface MemoryHubOptions {
  /** Times only the pause before a line that an end closed is made again. */
  readonly clock?: Clock;
  /** Raw connections, so that a test can put a gate around them. */
  readonly wire?: Wire;
}

const FIRST_PAUSE_MS = 50;
const LAST_PAUSE_MS = 5_000;
const PORT = 1;
const NOTHING: Wanted = { topics: [], addresses: [] };

/** One pair of devices: its line, or when the next may be made. */
interface Link {
  ends: readonly NoiseSecretStream[];
  cut: boolean;
  waiting: boolean;
  pauseMs: number;
}

class Member {
  readonly name: string;
  readonly address: Address;
  readonly addresses = createState<readonly Address[]>([]);
  readonly online = createState(true);
  wanted = NOTHING;
  topics: ReadonlySet<string> = new Set();
  listener: (line: Line) => void = (line) => {
    line.close();
  };

  constructor(name: string, index: number) {
    this.name = name;
    this.address = {
      host: `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`,
      port: PORT,
    };
  }

  get isQuiet(): boolean {
    return this.topics.size === 0 && this.wanted.addresses.length === 0;
  }

  seeks(other: Member): boolean {
    return this.wanted.addresses.some(
      ({ host, port }) =>
        host === other.address.host && port === other.address.port,
    );
  }

  shares(other: Member): boolean {
    for (const topic of this.topics) if (other.topics.has(topic)) return true;
    return false;
  }
}

/**
 * A hub for tests: real encrypted streams, nothing outside the process. Lines
 * come up in a later turn, never inside `want`; a held clock does not hold
 * up a first meeting.
 */
export function createMemoryHub(options: MemoryHubOptions = {}): MemoryHub {
  const clock = options.clock ?? systemClock;
  const wire = options.wire ?? createPipe;
  const members: Member[] = [];
  const links = new Map<string, Link>();

  function linkOf(a: string, b: string): Link {
    const key = JSON.stringify([a, b].sort());
    const known = links.get(key);
    if (known !== undefined) return known;
    const link: Link = {
      ends: [],
      cut: false,
      waiting: false,
      pauseMs: FIRST_PAUSE_MS,
    };
    links.set(key, link);
    return link;
  }

  const match = onceATask(() => {
    for (const [index, later] of members.entries())
      for (const earlier of members.slice(0, index)) meet(earlier, later);
  });

  function meet(earlier: Member, later: Member): void {
    if (earlier.isQuiet || later.isQuiet) return;
    if (!earlier.online.peek() || !later.online.peek()) return;
    const link = linkOf(earlier.name, later.name);
    if (link.cut || link.waiting || link.ends.length > 0) return;
    if (earlier.seeks(later)) connect(link, earlier, later, later.address);
    else if (later.seeks(earlier))
      connect(link, later, earlier, earlier.address);
    else if (later.shares(earlier)) connect(link, later, earlier, null);
  }

  function connect(
    link: Link,
    from: Member,
    to: Member,
    remote: Address | null,
  ): void {
    const [near, far] = wire(from.name, to.name);
    const dialling = new NoiseSecretStream(true, near);
    const answering = new NoiseSecretStream(false, far);
    link.ends = [dialling, answering];
    for (const end of link.ends) {
      end.on("close", () => {
        closed(link, end);
      });
    }
    neverRejects(announce(from, dialling, remote));
    neverRejects(announce(to, answering, null));
  }

  async function announce(
    member: Member,
    stream: NoiseSecretStream,
    remote: Address | null,
  ): Promise<void> {
    const line = await openLine(stream, () => ({
      transport: "memory",
      remote,
    }));
    if (line === null) return;
    if (member.isQuiet) line.close();
    else member.listener(line);
  }

  /** One end is gone; the wire tells the other. Then the two may meet again, after a pause. */
  function closed(link: Link, end: NoiseSecretStream): void {
    if (!link.ends.includes(end)) return;
    link.ends = link.ends.filter((one) => one !== end);
    if (link.ends.length > 0) return;
    link.waiting = true;
    clock.after(link.pauseMs, () => {
      link.waiting = false;
      match();
    });
    link.pauseMs = Math.min(link.pauseMs * 2, LAST_PAUSE_MS);
  }

  /** Closes what is up between the two without the pause that follows a close by an end. */
  function drop(link: Link): void {
    const { ends } = link;
    link.ends = [];
    link.waiting = false;
    link.pauseMs = FIRST_PAUSE_MS;
    for (const end of ends) end.destroy();
  }

  function dropAll(name: string): readonly Promise<void>[] {
    const gone: Promise<void>[] = [];
    for (const member of members) {
      if (member.name === name) continue;
      const link = linkOf(name, member.name);
      for (const end of link.ends)
        gone.push(new Promise((resolve) => end.once("close", resolve)));
      drop(link);
    }
    return gone;
  }

  function memberOf(name: string): Member {
    const member = members.find((one) => one.name === name);
    if (member === undefined) throw new Error(`no device named ${name}`);
    return member;
  }

  /** Answers with the ends of the lines that this closes. */
  function want(member: Member, wanted: Wanted): readonly Promise<void>[] {
    member.wanted = wanted;
    member.topics = new Set(
      [...wanted.topics, ...(wanted.rarely ?? [])].map((topic) =>
        topic.toString("hex"),
      ),
    );
    member.addresses.set(member.isQuiet ? [] : [member.address]);
    match();
    return member.isQuiet ? dropAll(member.name) : [];
  }

  return {
    network(name) {
      if (members.some((one) => one.name === name))
        throw new Error(`a device named ${name} is there already`);
      const member = new Member(name, members.length);
      members.push(member);
      return {
        addresses: member.addresses,
        online: member.online,
        onLine(listener) {
          member.listener = listener;
        },
        want(wanted) {
          if (members.includes(member))
            neverRejects(Promise.all(want(member, wanted)));
        },
        async close() {
          if (!members.includes(member)) return;
          const gone = want(member, NOTHING);
          members.splice(members.indexOf(member), 1);
          await Promise.all(gone);
        },
      };
    },
    cut(a, b) {
      const link = linkOf(a, b);
      link.cut = true;
      drop(link);
    },
    heal(a, b) {
      linkOf(a, b).cut = false;
      match();
    },
    unplug(name) {
      memberOf(name).online.set(false);
      neverRejects(Promise.all(dropAll(name)));
    },
    plug(name) {
      memberOf(name).online.set(true);
      match();
    },
  };
}
