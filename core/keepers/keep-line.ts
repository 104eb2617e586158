import type { LogKey, PersonId } from "#core/contract/ids.ts";
import { messageKind, openJsonChannel } from "#core/spaces/channel.ts";
import { writeSpaceLink } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { KeepList } from "#core/spaces/keep-list.ts";
import type { Session } from "#core/spaces/session.ts";
import {
  ASK_BLOCK,
  askBlockSchema,
  BLOCK,
  blockSchema,
  GIVE,
  giveSchema,
  HELD,
  heldSchema,
  KEEP_PROTOCOL,
  LIST,
  listSchema,
  ONLY,
  onlySchema,
  PLEDGE,
  pledgeSchema,
  READ,
  readSchema,
  WISH,
  wishSchema,
} from "./keep-messages.ts";
import type { Give, Pledge, Wish } from "./keep-messages.ts";
import { openQuestions } from "./questions.ts";

/** What is done with what comes over the lines. */
export interface KeepEvents {
  onPledge(line: KeepLine, person: PersonId, pledge: Pledge): Promise<void>;
  onWish(line: KeepLine, person: PersonId, wish: Wish): Promise<void>;
  onGive(line: KeepLine, person: PersonId, give: Give): Promise<void>;
  onOnly(
    line: KeepLine,
    person: PersonId,
    keeps: readonly string[],
  ): Promise<void>;
  onRead(
    line: KeepLine,
    person: PersonId,
    spaces: readonly SpaceLink[],
  ): Promise<void>;
  onList(line: KeepLine, list: KeepList): Promise<void>;
  onHeld(line: KeepLine, person: PersonId, held: Held): void;
  /** A block as it rests on disk; null when it is not here or not for this line. */
  onAskBlock(
    line: KeepLine,
    log: LogKey,
    index: number,
  ): Promise<Buffer | null>;
}

export type Held = readonly {
  readonly log: LogKey;
  readonly length: number;
}[];

/** One line, as keeping sees it. */
export interface KeepLine {
  readonly session: Session;
  pledge(message: Pledge): void;
  wish(message: Wish): void;
  give(keepKey: Buffer, list: KeepList): void;
  only(keeps: readonly string[]): void;
  read(spaces: readonly SpaceLink[]): void;
  list(list: KeepList): void;
  held(logs: Held): void;
  /** Asks for a block; null when it is not there or the line ends. */
  askBlock(log: LogKey, index: number): Promise<Buffer | null>;
}

/** Opens the channel about keeping on a line, and checks who may say what. */
export function openKeepLine(session: Session, events: KeepEvents): KeepLine {
  /** Between persons nothing counts before the other end proved who it is. */
  function proven(): PersonId | null {
    const person = session.person.peek();
    if (person === null) session.fault("keep-unproven");
    return person;
  }
  const questions = openQuestions<Buffer>(session);
  const channel = openJsonChannel(
    session.mux,
    KEEP_PROTOCOL,
    session,
    [
      messageKind(pledgeSchema, async (pledge) => {
        const person = proven();
        if (person !== null) await events.onPledge(line, person, pledge);
      }),
      messageKind(wishSchema, async (wish) => {
        const person = proven();
        if (person !== null) await events.onWish(line, person, wish);
      }),
      messageKind(giveSchema, async (give) => {
        const person = proven();
        if (person !== null) await events.onGive(line, person, give);
      }),
      messageKind(onlySchema, async ({ keeps }) => {
        const person = proven();
        if (person !== null) await events.onOnly(line, person, keeps);
      }),
      messageKind(listSchema, ({ list }) => events.onList(line, list)),
      messageKind(heldSchema, ({ logs }) => {
        // A stranger's word about what it holds is nobody's business.
        const person = session.person.peek();
        if (person !== null) events.onHeld(line, person, logs);
      }),
      messageKind(askBlockSchema, async ({ id, log, index }) => {
        const bytes = await events.onAskBlock(line, log, index);
        const text = bytes?.toString("base64") ?? null;
        channel.send(BLOCK, { id, bytes: text });
      }),
      messageKind(blockSchema, ({ id, bytes }) => {
        questions.answer(id, bytes);
      }),
      messageKind(readSchema, async ({ spaces }) => {
        const person = proven();
        if (person !== null) await events.onRead(line, person, spaces);
      }),
    ],
    () => undefined,
  );
  const line: KeepLine = {
    session,
    pledge: (message) => {
      channel.send(PLEDGE, message);
    },
    wish: (message) => {
      channel.send(WISH, message);
    },
    give: (keepKey, list) => {
      channel.send(GIVE, { keepKey: keepKey.toString("base64"), list });
    },
    only: (keeps) => {
      channel.send(ONLY, { keeps });
    },
    read: (spaces) => {
      channel.send(READ, { spaces: spaces.map(writeSpaceLink) });
    },
    list: (list) => {
      channel.send(LIST, { list });
    },
    held: (logs) => {
      channel.send(HELD, { logs });
    },
    askBlock: (log, index) =>
      questions.ask((id) => {
        channel.send(ASK_BLOCK, { id, log, index });
      }),
  };
  return line;
}
