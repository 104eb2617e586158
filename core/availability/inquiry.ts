import type { FileRoot } from "#core/contract/ids.ts";
import { deadline } from "#core/base/clock.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Remote } from "#core/exchange/exchange-remote.ts";

/** Whether the other end says it holds all of something; `some` is on its way there. */
export type Learned = "all" | "some" | "none";

export interface InquiryOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onSaid: (remote: Remote, root: FileRoot, said: Learned) => void;
  readonly onChange: () => void;
}

/** An answer is believed this long. */
const FRESH_MS = 20_000;
/** Who takes longer to answer is not waited for. */
const ANSWER_MS = 30_000;
/**
 * Who said no is asked again after this, then after twice as long: they may come
 * to hold it, or come to know that a common space names it.
 */
const AGAIN_FIRST_MS = 3_000;
const AGAIN_LAST_MS = 60_000;
/** Contents whose answers are kept for one line. */
const ANSWERS_KEPT = 20_000;

/**
 * Who says no in the first moments of a line, or of what it has in common, may
 * not know yet that a common space names it.
 */
const YOUNG_MS = 5_000;

interface Answer {
  readonly said: Learned;
  readonly at: number;
}

/** Asks one other end about what somebody looks at. */
export class Inquiry {
  readonly #remote: Remote;
  readonly #options: InquiryOptions;
  readonly #answers = new Map<FileRoot, Answer>();
  readonly #due = new Set<FileRoot>();
  /** Looked at, and answered with no. */
  readonly #lacking = new Set<FileRoot>();
  readonly #unsubscribe: () => void;
  #isAsking = false;
  #isYoung = false;
  #cancelYoung: (() => void) | null = null;
  #againMs = AGAIN_FIRST_MS;
  #cancelAgain: (() => void) | null = null;
  #isClosed = false;

  constructor(remote: Remote, options: InquiryOptions) {
    this.#remote = remote;
    this.#options = options;
    this.#unsubscribe = remote.session.common.subscribe(() => {
      this.#begin();
      this.askAgain();
    });
    this.#begin();
  }

  /** Whether the line, or what it has in common, has only just begun. */
  get isYoung(): boolean {
    return this.#isYoung;
  }

  /**
   * Whether it said to have this, all or some; `asking` while a no means
   * nothing. An old or missing answer is asked for.
   */
  look(root: FileRoot): "has" | "none" | "asking" {
    const answer = this.#answers.get(root);
    const now = this.#options.clock.monotonic();
    if (answer === undefined || now - answer.at > FRESH_MS) {
      this.#due.add(root);
      this.#askSoon();
    }
    if (answer !== undefined && answer.said !== "none") return "has";
    return answer === undefined || this.#isYoung ? "asking" : "none";
  }

  /** Something changed over there: asks anew about all it did not have. */
  askAgain(): void {
    this.#againMs = AGAIN_FIRST_MS;
    this.#askLacking();
  }

  async ask(
    roots: readonly FileRoot[],
  ): Promise<ReadonlyMap<FileRoot, Learned> | null> {
    const { clock, onSaid } = this.#options;
    const held = await deadline(
      clock,
      ANSWER_MS,
      this.#remote.held(roots),
      () => new Error("late"),
    ).catch(() => null);
    if (held === null || this.#isClosed) return null;
    const learned = new Map<FileRoot, Learned>();
    for (const [index, root] of roots.entries()) {
      const said = held[index] ?? "none";
      learned.set(root, said);
      onSaid(this.#remote, root, said);
    }
    return learned;
  }

  close(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#cancelAgain?.();
    this.#cancelYoung?.();
  }

  #begin(): void {
    const { clock, onChange } = this.#options;
    this.#isYoung = true;
    this.#cancelYoung?.();
    this.#cancelYoung = clock.after(YOUNG_MS, () => {
      this.#isYoung = false;
      onChange();
    });
  }

  #askSoon(): void {
    if (this.#isAsking || this.#isClosed) return;
    this.#isAsking = true;
    const asked = this.#askDue().finally(() => {
      this.#isAsking = false;
    });
    this.#options.logger.background("availability", asked);
  }

  async #askDue(): Promise<void> {
    // What one page shows is asked for in one message.
    await Promise.resolve();
    // What comes to be looked at meanwhile is asked about next, and not forgotten.
    while (this.#due.size > 0 && !this.#isClosed) {
      const roots = [...this.#due];
      this.#due.clear();
      const learned = await this.ask(roots);
      if (this.#isClosed) return;
      // Who does not answer has nothing for now.
      const none = new Map(roots.map((root) => [root, "none" as const]));
      if (this.#learn(learned ?? none)) this.#options.onChange();
    }
  }

  #learn(learned: ReadonlyMap<FileRoot, Learned>): boolean {
    if (this.#answers.size > ANSWERS_KEPT) {
      this.#answers.clear();
      this.#lacking.clear();
    }
    const at = this.#options.clock.monotonic();
    let isNew = false;
    for (const [root, said] of learned) {
      if (this.#answers.get(root)?.said !== said) isNew = true;
      this.#answers.set(root, { said, at });
      if (said === "none") this.#lacking.add(root);
      else this.#lacking.delete(root);
    }
    if (this.#lacking.size > 0) this.#againLater();
    return isNew;
  }

  #againLater(): void {
    this.#cancelAgain ??= this.#options.clock.after(this.#againMs, () => {
      this.#cancelAgain = null;
      this.#againMs = Math.min(this.#againMs * 2, AGAIN_LAST_MS);
      this.#askLacking();
    });
  }

  #askLacking(): void {
    for (const root of this.#lacking) this.#due.add(root);
    if (this.#due.size > 0) this.#askSoon();
  }
}
