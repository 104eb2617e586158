import type { Session } from "#core/spaces/session.ts";

/** Questions on one line that wait for their answers. */
export interface Questions<T> {
  /** Asks under a new number; null when the line ends first. */
  ask(send: (id: number) => void): Promise<T | null>;
  /** An answer came; one that nobody asked for is a fault. */
  answer(id: number, answer: T | null): void;
}

/** Keeps count of what was asked on a line. */
export function openQuestions<T>(session: Session): Questions<T> {
  const waiting = new Map<number, (answer: T | null) => void>();
  let next = 0;
  let isClosed = false;
  session.closed.then(
    () => {
      isClosed = true;
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
    },
    () => undefined,
  );
  return {
    ask(send) {
      if (isClosed) return Promise.resolve(null);
      const id = next++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send(id);
      });
    },
    answer(id, answer) {
      const settle = waiting.get(id);
      waiting.delete(id);
      if (settle === undefined) session.fault("keep-answer-unasked");
      else settle(answer);
    },
  };
}
