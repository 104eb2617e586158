import type { InviteId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { createGroup } from "#core/base/serial.ts";
import type { Signal, State } from "#core/base/state.ts";
import type { Identity } from "#core/identity/identity.ts";
import {
  boxKeyOf,
  boxKeyPairOf,
  openNote,
  sealNote,
} from "#core/identity/sealed-note.ts";
import type { Parking } from "#core/network/port.ts";
import type { Self } from "#core/self/self.ts";
import { blake2b, toBytes } from "#core/spaces/hash.ts";
import type { InviteKey } from "#core/spaces/meeting-keys.ts";
import type { Contacts } from "./contacts.ts";
import {
  NOTE_BYTES,
  readParkedAnswer,
  readRequest,
  writeParkedAnswer,
  writeRequest,
  type ParkedRequest,
} from "./parked-notes.ts";
import {
  answerPlace,
  dayToWrite,
  daysToRead,
  requestPlace,
  SLOTS,
} from "./parking-places.ts";

export interface ParkedInvitesOptions {
  readonly parking: Parking;
  readonly identity: Identity;
  readonly self: Self;
  readonly contacts: Pick<Contacts, "onParkedRequest" | "takeAnswer">;
  /** Open invites, mine and those I opened. */
  readonly keys: () => readonly InviteKey[];
  readonly ownName: () => string;
  /** Whether the network may be used beyond this one (ME7). */
  readonly mayPark: () => boolean;
  /** The computer came to a network, or left one. */
  readonly online: State<boolean>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Where a request of mine lies. */
interface Parked {
  readonly day: number;
  readonly slot: number;
  readonly place: Buffer;
}

/** Two who are both there meet sooner than that, and leave nothing anywhere. */
const PARK_AFTER_MS = 10_000;
/** Notes are laid down again, and looked for, this often. */
const ROUND_MS = 60 * 60 * 1000;
/** Empty slots in a row after which no more are read: two may have raced for one. */
const EMPTY_MOST = 2;

/**
 * Lets an invite be answered by two who are never there at the same time (IN5):
 * the request waits sealed to the inviter, at a place that only who has the
 * link can find; the answer waits sealed to whoever asked. The inviter's
 * device decides as it does on a line, so that of many takers one wins (IN4).
 */
export class ParkedInvites implements Resource {
  readonly #options: ParkedInvitesOptions;
  readonly #round: () => Promise<void>;
  readonly #stop: (() => void)[] = [];
  /** Where my requests lie, by invite, of the day they were laid down. */
  readonly #parked = new Map<InviteId, Parked>();
  #known = "";
  #cancel = (): void => undefined;
  #running: Promise<void> = Promise.resolve();
  readonly #parking: Parking;
  #isClosed = false;
  #giveUp = (): void => undefined;

  constructor(options: ParkedInvitesOptions) {
    this.#options = options;
    const { ready, put, take } = options.parking;
    // Whoever closes the app does not wait for a network that does not answer.
    const closing = new Promise<void>((resolve) => {
      this.#giveUp = resolve;
    });
    this.#parking = {
      ready,
      put: (...all) => Promise.race([put(...all), closing.then(() => false)]),
      take: (place) => Promise.race([take(place), closing.then(() => null)]),
    };
    this.#round = createGroup(() => this.#run());
  }

  start(): void {
    const { self, parking, online, clock } = this.#options;
    const now = (): void => {
      this.#begin();
    };
    const signals: readonly Signal[] = [parking.ready, online];
    this.#stop.push(
      ...signals.map((signal) => signal.subscribe(now)),
      clock.every(ROUND_MS, now),
      self.state.subscribe(() => {
        this.#onChange();
      }),
    );
    this.#known = this.#subjects();
    now();
    this.#later();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#giveUp();
    this.#cancel();
    for (const stop of this.#stop) stop();
    await this.#running;
  }

  #begin(): void {
    if (this.#isClosed) return;
    const { logger } = this.#options;
    this.#running = this.#round();
    logger.background("parked invites", this.#running);
  }

  #later(): void {
    this.#cancel();
    this.#cancel = this.#options.clock.after(PARK_AFTER_MS, () => {
      this.#begin();
    });
  }

  #onChange(): void {
    const subjects = this.#subjects();
    if (subjects === this.#known) return;
    this.#known = subjects;
    this.#later();
  }

  /** What a round is about: it changes when an invite comes, ends, or is taken. */
  #subjects(): string {
    const { invites } = this.#options.self.state.peek();
    return this.#options
      .keys()
      .map(({ id }) => `${id} ${String(invites.get(id)?.takenBy.length ?? "")}`)
      .join();
  }

  async #run(): Promise<void> {
    const { mayPark, keys } = this.#options;
    for (const key of keys()) {
      if (this.#isClosed || !this.#parking.ready.peek() || !mayPark()) return;
      if (key.from === null) await this.#answerAll(key);
      else await this.#ask(key, key.from);
    }
    await this.#takeBack();
  }

  async #ask(key: InviteKey, inviter: ParkedRequest["person"]): Promise<void> {
    const { self, identity, clock, ownName } = this.#options;
    const openedAt = self.state.peek().opened.get(key.id)?.openedAt ?? 0;
    const age = clock.now() - openedAt;
    if (age >= 0 && age < PARK_AFTER_MS) return;
    const secret = identity.secretFor("parked-reply", toBytes(key.id));
    const reply = boxKeyPairOf(secret);
    if (await this.#findAnswer(key.id, inviter, reply)) return;
    const to = boxKeyOf(inviter);
    if (to === null) return;
    const request = { name: ownName(), reply: reply.publicKey };
    const subject = { invite: key.id, inviter };
    await this.#park(
      key,
      this.#seal(to, writeRequest(identity, subject, request)),
    );
  }

  /** Lays a request into the first slot that is free, or again where it lay. */
  async #park(key: InviteKey, note: (place: Buffer) => Buffer): Promise<void> {
    const { clock } = this.#options;
    const day = dayToWrite(clock.now());
    const last = this.#parked.get(key.id);
    const first = last?.day === day ? [last.slot] : [];
    for (const slot of [...first, ...Array(SLOTS).keys()]) {
      const place = requestPlace(key.readKey, day, slot);
      if (this.#isClosed || !this.#parking.ready.peek()) return;
      if (!(await this.#parking.put(place, note(place), false))) continue;
      this.#parked.set(key.id, { day, slot, place });
      return;
    }
  }

  /** True once the answer ended the matter. */
  async #findAnswer(
    invite: InviteId,
    inviter: ParkedRequest["person"],
    reply: ReturnType<typeof boxKeyPairOf>,
  ): Promise<boolean> {
    const { clock, identity, contacts, self } = this.#options;
    for (const day of daysToRead(clock.now())) {
      const note = await this.#parking.take(answerPlace(reply.publicKey, day));
      const plain = note === null ? null : openNote(note, reply);
      const of = { invite, inviter, me: identity.person };
      const answer = plain === null ? null : readParkedAnswer(plain, of);
      if (answer !== null) await contacts.takeAnswer(inviter, answer);
    }
    return self.state.peek().opened.get(invite)?.outcome !== null;
  }

  /** Reads what waits at an invite of mine, and answers each who asked. */
  async #answerAll(key: InviteKey): Promise<void> {
    const { identity, contacts } = this.#options;
    const notes = await this.#waiting(key.readKey);
    if (notes.length === 0) return;
    const subject = { invite: key.id, inviter: identity.person };
    const done = new Set<string>();
    for (const plain of await identity.openSealed(notes)) {
      const request = plain === null ? null : readRequest(plain, subject);
      if (request === null || request.person === identity.person) continue;
      const { person, name, reply } = request;
      if (done.has(person)) continue;
      done.add(person);
      const answer = await contacts.onParkedRequest(person, {
        invite: key.id,
        name,
        message: "",
      });
      if (answer === null || this.#isClosed) continue;
      const plainAnswer = writeParkedAnswer(identity, person, answer);
      await this.#leaveAnswer(reply, this.#seal(reply, plainAnswer));
    }
  }

  async #leaveAnswer(
    reply: Buffer,
    note: (place: Buffer) => Buffer,
  ): Promise<void> {
    const { clock } = this.#options;
    const place = answerPlace(reply, dayToWrite(clock.now()));
    await this.#parking.put(place, note(place), true);
  }

  async #waiting(readKey: Buffer): Promise<readonly Buffer[]> {
    const { clock } = this.#options;
    const notes: Buffer[] = [];
    for (const day of daysToRead(clock.now())) {
      let empty = 0;
      for (let slot = 0; slot < SLOTS && empty < EMPTY_MOST; slot++) {
        const note = await this.#parking.take(requestPlace(readKey, day, slot));
        if (note === null) empty += 1;
        else if (note.length === NOTE_BYTES) notes.push(note);
      }
    }
    return notes;
  }

  /** A request for an invite that I closed is written over: nobody is to answer it. */
  async #takeBack(): Promise<void> {
    const { random, self } = this.#options;
    for (const [invite, { place }] of [...this.#parked]) {
      const outcome = self.state.peek().opened.get(invite)?.outcome ?? null;
      if (outcome === null) continue;
      this.#parked.delete(invite);
      if (outcome === "closed")
        await this.#parking.put(place, random.bytes(NOTE_BYTES), true);
    }
  }

  /** Seals for one place: another place, another secret, another note. */
  #seal(to: Buffer, plain: Buffer): (place: Buffer) => Buffer {
    const { identity } = this.#options;
    return (place) => {
      const about = blake2b(32, [place, to, plain]);
      return sealNote(to, plain, identity.secretFor("parked-note", about));
    };
  }
}
