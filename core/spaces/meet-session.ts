import Protomux from "protomux";
import type {
  DeviceId,
  InviteId,
  KeepId,
  LogKey,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import { FIRST_MESSAGE_MS, LINE_FAULTS } from "#core/contract/limits.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { setIfChanged } from "#core/base/set-if-changed.ts";
import { createState } from "#core/base/state.ts";
import type { Identity } from "#core/identity/identity.ts";
import type { Line } from "#core/network/port.ts";
import type { Log } from "#core/storage/log.ts";
import { messageKind, openJsonChannel } from "./channel.ts";
import type { JsonChannel } from "./channel.ts";
import { HaveReports } from "./have-reports.ts";
import {
  HAVE,
  haveSchema,
  LOGS,
  logsSchema,
  MEET_PROTOCOL,
  PROOF,
  proofSchema,
  splitTags,
  TAGS,
  tagsSchema,
  verifyProof,
  writeProof,
} from "./meet-messages.ts";
import { idsOf, isBetweenPersons, tagsOf } from "./meeting-keys.ts";
import type { InviteKey, KeepKey, MeetingKey } from "./meeting-keys.ts";
import type { Session } from "./session.ts";
import type { Spaces } from "./spaces.ts";
import { tagOf } from "./topics.ts";
import { WaitingHeaders } from "./waiting-headers.ts";

export interface MeetOptions {
  readonly spaces: Spaces;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Waits for the disk, before we claim to hold something. */
  readonly barrier: () => Promise<void>;
  readonly inviteKeys: () => readonly InviteKey[];
  /** What is kept blindly for others, and by others (KE1); nothing when left out. */
  readonly keepKeys?: () => readonly KeepKey[];
  /** Another device says it holds this much of a log. */
  readonly onHave: (person: PersonId, log: LogKey, length: number) => void;
}

/** A line with nothing in common is given this long to find something, in milliseconds. */
const NOTHING_COMMON_MS = 5_000;
/** Headers in one message: far below the size of a message (LI). */
const HEADERS_PER_MESSAGE = 200;

/** Runs the meet protocol on one line (ME3–ME5). */
export class MeetSession implements Session {
  readonly line: Line;
  readonly mux: Protomux;
  readonly common = createState<ReadonlySet<SpaceId>>(new Set());
  readonly invites = createState<ReadonlySet<InviteId>>(new Set());
  readonly keeps = createState<ReadonlySet<KeepId>>(new Set());
  readonly person = createState<PersonId | null>(null);
  readonly device = createState<DeviceId | null>(null);
  readonly answering = createState(true);
  readonly isSpare = createState(false);
  readonly skew = createState<number | null>(null);
  readonly closed: Promise<void>;
  readonly #options: MeetOptions;
  /** By the open log and not by its key: a space that is let go and held again is offered again. */
  readonly #offered = new WeakSet<Log>();
  readonly #haves: HaveReports;
  readonly #waiting: WaitingHeaders;
  #channel: JsonChannel | null = null;
  #theirTags: ReadonlySet<string> | null = null;
  #shared: readonly MeetingKey[] = [];
  #sentIds: string | null = null;
  #hasProved = false;
  #faults = 0;
  #cancelWait: () => void = () => undefined;
  #isWaiting = false;

  constructor(line: Line, options: MeetOptions) {
    this.line = line;
    this.mux = Protomux.from(line.stream);
    this.closed = line.closed;
    this.#options = options;
    this.#haves = new HaveReports(options, (log, length) => {
      this.#channel?.send(HAVE, { log, length });
    });
    this.#waiting = new WaitingHeaders(options, () => {
      this.offerLogs();
    });
    options.logger.background("line end", this.#onClosed());
  }

  /** Opens the channel; everything else follows from messages. */
  start(): void {
    const { clock } = this.#options;
    this.#cancelWait = clock.after(FIRST_MESSAGE_MS, () => {
      this.end("first-message-late");
    });
    this.#channel = openJsonChannel(
      this.mux,
      MEET_PROTOCOL,
      this,
      [
        messageKind(tagsSchema, ({ tags }) => {
          this.#onTags(tags);
        }),
        messageKind(proofSchema, (proof) => {
          this.#onProof(proof);
        }),
        messageKind(logsSchema, ({ space, logs }) => this.#onLogs(space, logs)),
        messageKind(haveSchema, ({ log, length }) => {
          const person = this.person.peek();
          if (person !== null) this.#options.onHave(person, log, length);
        }),
      ],
      () => undefined,
    );
    this.refresh();
  }

  /** Sends what this device holds, again when that changed (ME3), and offers new logs. */
  refresh(): void {
    const keys = this.#keys();
    const ids = keys.map(({ id }) => id).join();
    if (ids !== this.#sentIds) {
      this.#sentIds = ids;
      const tags = tagsOf(keys, this.line, this.#options.random);
      this.#channel?.send(TAGS, { tags: tags.toString("base64") });
    }
    this.#compare();
  }

  fault(rule: string): void {
    this.#faults++;
    this.#options.logger.warn("a line broke a rule", { rule });
    if (this.#faults >= LINE_FAULTS) this.end(rule);
  }

  end(rule: string, error?: unknown): void {
    if (error === undefined)
      this.#options.logger.info("a line was ended", { rule });
    else this.#options.logger.bug(error, `line: ${rule}`);
    this.line.close();
  }

  async #onClosed(): Promise<void> {
    await this.closed;
    this.#cancelWait();
    this.#waiting.close();
    this.#haves.close();
  }

  #keys(): readonly MeetingKey[] {
    const { spaces, inviteKeys, keepKeys } = this.#options;
    const held = spaces
      .all()
      .map(({ id, readKey }) => ({ kind: "space", id, readKey }) as const);
    return [...held, ...inviteKeys(), ...(keepKeys?.() ?? [])];
  }

  #onTags(bytes: Buffer): void {
    const tags = splitTags(bytes);
    if (tags === null) {
      this.end("tags-not-whole");
      return;
    }
    this.#theirTags = tags;
    // What this end holds since its last tags must be told before it is acted on:
    // the other end counts what it has not heard of as a fault.
    this.refresh();
  }

  /** Finds what both hold, and does what follows from it. */
  #compare(): void {
    const theirs = this.#theirTags;
    if (theirs === null) return;
    const { handshakeHash, isInitiator } = this.line;
    const shared = this.#keys().filter(({ readKey }) =>
      theirs.has(tagOf(readKey, handshakeHash, !isInitiator).toString("hex")),
    );
    const { spaces, invites, keeps } = idsOf(shared);
    this.#waitForCommon(shared.length === 0);
    // Our proof goes first: whoever hears of what is common may send at once,
    // and the other end counts on knowing who we are.
    this.#shared = shared;
    this.#proveIfDue(this.person.peek());
    setIfChanged(this.common, spaces);
    setIfChanged(this.invites, invites);
    setIfChanged(this.keeps, keeps);
    this.offerLogs();
  }

  /** Ends the line when nothing is common for too long, however often tags come. */
  #waitForCommon(isNothing: boolean): void {
    const wasWaiting = this.#isWaiting;
    this.#isWaiting = isNothing;
    if (isNothing && wasWaiting) return;
    this.#cancelWait();
    if (isNothing)
      this.#cancelWait = this.#options.clock.after(NOTHING_COMMON_MS, () => {
        this.end("nothing-common");
      });
  }

  /** Says who we are where both are known persons; to an inviter only after they have (ME4, IN2). */
  #proveIfDue(them: PersonId | null): void {
    if (this.#hasProved) return;
    const { spaces, identity } = this.#options;
    const isDue = this.#shared.some((key) => {
      if (key.kind === "keep") return false;
      if (key.kind === "invite") return key.from === null || key.from === them;
      const space = spaces.get(key.id);
      return space !== null && isBetweenPersons(space);
    });
    if (!isDue) return;
    this.#hasProved = true;
    const { handshakeHash, isInitiator } = this.line;
    this.#channel?.send(
      PROOF,
      writeProof(identity, handshakeHash, isInitiator),
    );
  }

  #onProof(proof: Parameters<typeof verifyProof>[0]): void {
    const { handshakeHash, isInitiator } = this.line;
    if (!verifyProof(proof, handshakeHash, !isInitiator)) {
      this.end("proof-false");
      return;
    }
    const known = this.device.peek();
    if (known !== null && known !== proof.device) {
      this.end("proof-of-another");
      return;
    }
    this.#proveIfDue(proof.person);
    this.device.set(proof.device);
    this.person.set(proof.person);
  }

  /** Offers every admitted log of the common spaces not offered yet (ME5), and replicates it. */
  offerLogs(): void {
    for (const id of this.common.peek()) {
      const space = this.#options.spaces.get(id);
      if (space === null) continue;
      const fresh = [...space.logs.values()].filter(
        ({ log }) => !this.#offered.has(log),
      );
      for (let at = 0; at < fresh.length; at += HEADERS_PER_MESSAGE) {
        const logs = fresh
          .slice(at, at + HEADERS_PER_MESSAGE)
          .map(({ log, header }) => ({
            log: log.key,
            header: header.toString("base64"),
          }));
        this.#channel?.send(LOGS, { space: id, logs });
      }
      for (const { log } of fresh) {
        this.#offered.add(log);
        log.replicate(this.line.stream);
        this.#haves.follow(log);
      }
    }
  }

  async #onLogs(
    id: SpaceId,
    logs: readonly { readonly log: LogKey; readonly header: Buffer }[],
  ): Promise<void> {
    if (!this.common.peek().has(id)) {
      this.fault("logs-of-foreign-space");
      return;
    }
    for (const { log, header } of logs) {
      const { spaces } = this.#options;
      const admitted = await spaces.admit(id, log, header);
      if (admitted !== null || spaces.get(id) === null) continue;
      const rule = this.#waiting.add(id, log, header);
      if (rule === "log-not-admitted") {
        this.end(rule);
        return;
      }
      if (rule !== null) this.fault(rule);
    }
    this.offerLogs();
  }
}
