import * as v from "valibot";
import { isCoreError } from "#core/contract/errors.ts";
import type { FileSource } from "#core/core-port.ts";
import { answerFile } from "#core/host/file-answer.ts";
import type { FileQuestion } from "#core/host/file-answer.ts";
import { fileMoreSchema } from "#core/rpc/shell-wire.ts";
import type { FilePiece } from "#core/rpc/shell-wire.ts";
import type { Port } from "#core/rpc/wire.ts";

/**
 * Answers a file on a port of its own: the head, then one piece for each
 * `more`, so that nothing piles up when nobody reads. The far end closing the
 * port gives the file up.
 */
export async function pipeFile(
  port: Port,
  files: FileSource,
  question: FileQuestion,
): Promise<void> {
  const gone = new AbortController();
  let owed = 0;
  let wake = (): void => undefined;
  port.onClose(() => {
    gone.abort();
    wake();
  });
  port.onMessage((message) => {
    if (!v.is(fileMoreSchema, message)) return;
    owed++;
    wake();
  });
  const send = (piece: FilePiece) => {
    port.post(piece);
  };
  const nextMore = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      if (owed > 0 || gone.signal.aborted) resolve();
    });

  try {
    const { status, headers, body } = await answerFile(
      files,
      question,
      gone.signal,
    );
    const hasBody = body !== null;
    send({ kind: "head", status, headers, hasBody });
    if (body === null) return;
    for await (const bytes of body) {
      await nextMore();
      if (gone.signal.aborted) return;
      owed--;
      send({ kind: "piece", bytes });
    }
    send({ kind: "end" });
  } catch (error) {
    if (gone.signal.aborted) return;
    send({ kind: "broken" });
    // Whoever had the rest of it is gone: nothing of ours failed.
    if (!isCoreError(error)) throw error;
  } finally {
    // The far end closes when it has read the last message; closing here could overtake it.
    gone.abort();
  }
}
