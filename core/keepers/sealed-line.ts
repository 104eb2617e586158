import * as v from "valibot";
import { keepIdSchema } from "#core/contract/ids.ts";
import type { KeepId, PersonId } from "#core/contract/ids.ts";
import { SEALED_PARTS_AT_ONCE } from "#core/contract/limits.ts";
import { messageKind, openJsonChannel } from "#core/spaces/channel.ts";
import type { Session } from "#core/spaces/session.ts";
import { base64, wholeNumber } from "./keep-messages.ts";
import { openQuestions } from "./questions.ts";
import { SEALED_BYTES } from "./seal.ts";

/** Protocol and numbers of the messages with sealed files. On the wire since 0.1; only add at the end. */
const SEALED_PROTOCOL = "commonplace/sealed@1";
const [MISSING, MISSED, PUT, STORED, ASK, PART, DROP] = [0, 1, 2, 3, 4, 5, 6];

const label = v.pipe(v.string(), v.regex(/^[a-z0-9]{52}$/));
const labels = v.pipe(v.array(label), v.maxLength(SEALED_PARTS_AT_ONCE));
const outcomes = v.picklist(["stored", "full", "refused"]);
const sealed = base64(SEALED_BYTES);

export type Outcome = v.InferOutput<typeof outcomes>;

/** What a keeper does with what comes over the lines. */
export interface SealedEvents {
  /** Places in `labels` of those that are not here. */
  missing(
    session: Session,
    keep: KeepId,
    labels: readonly string[],
  ): readonly number[];
  part(session: Session, keep: KeepId, label: string): Promise<Buffer | null>;
  put(
    session: Session,
    person: PersonId,
    part: { readonly keep: KeepId; readonly label: string },
    sealed: Buffer,
  ): Promise<Outcome>;
  drop(
    session: Session,
    person: PersonId,
    keep: KeepId,
    labels: readonly string[],
  ): Promise<void>;
}

/** Sealed files on one line; each question is answered by null when the line ends. */
export interface SealedLine {
  readonly session: Session;
  missing(
    keep: KeepId,
    labels: readonly string[],
  ): Promise<readonly number[] | null>;
  ask(keep: KeepId, label: string): Promise<Buffer | "lack" | null>;
  put(keep: KeepId, label: string, sealed: Buffer): Promise<Outcome | null>;
  drop(keep: KeepId, labels: readonly string[]): void;
}

/** Opens the channel for sealed files on a line (KE4). */
export function openSealedLine(
  session: Session,
  events: SealedEvents,
): SealedLine {
  const misses = openQuestions<readonly number[]>(session);
  const puts = openQuestions<Outcome>(session);
  const asks = openQuestions<Buffer | "lack">(session);
  const channel = openJsonChannel(
    session.mux,
    SEALED_PROTOCOL,
    session,
    [
      messageKind(
        v.strictObject({ id: wholeNumber, keep: keepIdSchema, labels }),
        (message) => {
          const { id, keep } = message;
          const places = events.missing(session, keep, message.labels);
          channel.send(MISSED, { id, places });
        },
      ),
      messageKind(
        v.strictObject({
          id: wholeNumber,
          places: v.pipe(
            v.array(wholeNumber),
            v.maxLength(SEALED_PARTS_AT_ONCE),
          ),
        }),
        ({ id, places }) => {
          misses.answer(id, places);
        },
      ),
      messageKind(
        v.strictObject({ id: wholeNumber, keep: keepIdSchema, label, sealed }),
        async (message) => {
          const person = session.person.peek();
          const outcome =
            person === null
              ? "refused"
              : await events.put(session, person, message, message.sealed);
          channel.send(STORED, { id: message.id, outcome });
        },
      ),
      messageKind(
        v.strictObject({ id: wholeNumber, outcome: outcomes }),
        ({ id, outcome }) => {
          puts.answer(id, outcome);
        },
      ),
      messageKind(
        v.strictObject({ id: wholeNumber, keep: keepIdSchema, label }),
        async (message) => {
          const { id, keep } = message;
          const part = await events.part(session, keep, message.label);
          const bytes = part?.toString("base64") ?? null;
          channel.send(PART, { id, sealed: bytes });
        },
      ),
      messageKind(
        v.strictObject({ id: wholeNumber, sealed: v.nullable(sealed) }),
        (message) => {
          asks.answer(message.id, message.sealed ?? "lack");
        },
      ),
      messageKind(
        v.strictObject({ keep: keepIdSchema, labels }),
        async (message) => {
          const person = session.person.peek();
          if (person !== null)
            await events.drop(session, person, message.keep, message.labels);
        },
      ),
    ],
    () => undefined,
  );
  return {
    session,
    missing: (keep, all) =>
      misses.ask((id) => {
        channel.send(MISSING, { id, keep, labels: all });
      }),
    ask: (keep, one) =>
      asks.ask((id) => {
        channel.send(ASK, { id, keep, label: one });
      }),
    put: (keep, one, bytes) =>
      puts.ask((id) => {
        const text = bytes.toString("base64");
        channel.send(PUT, { id, keep, label: one, sealed: text });
      }),
    drop: (keep, all) => {
      channel.send(DROP, { keep, labels: all });
    },
  };
}
