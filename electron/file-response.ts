import * as v from "valibot";
import { FILE_PIECES_AHEAD, filePieceSchema } from "#core/rpc/shell-wire.ts";
import type { FilePiece } from "#core/rpc/shell-wire.ts";

/** A message port of the main process, as far as it is used. */
export interface FilePort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start(): void;
  close(): void;
}

/**
 * Reads a file's answer from the port on which the core gives it. Pieces are
 * asked for as they are read, a few ahead; giving the response up gives the
 * file up.
 */
export function readFileResponse(
  port: FilePort,
  isHead: boolean,
): Promise<Response> {
  return new Promise((resolve) => {
    let body: ReadableStreamDefaultController<Uint8Array> | null = null;

    function more(): void {
      port.postMessage({ kind: "more" });
    }

    function stream(): ReadableStream<Uint8Array> {
      return new ReadableStream(
        {
          start(controller) {
            body = controller;
            for (let i = 1; i < FILE_PIECES_AHEAD; i++) more();
          },
          pull: more,
          cancel() {
            body = null;
            port.close();
          },
        },
        { highWaterMark: FILE_PIECES_AHEAD },
      );
    }

    function take(piece: FilePiece): void {
      switch (piece.kind) {
        case "head": {
          const { status, headers, hasBody } = piece;
          const isBodyWanted = hasBody && !isHead;
          resolve(
            new Response(isBodyWanted ? stream() : null, { status, headers }),
          );
          if (!isBodyWanted) port.close();
          return;
        }
        case "piece":
          body?.enqueue(piece.bytes);
          return;
        case "end":
          body?.close();
          body = null;
          port.close();
          return;
        case "broken":
          lose();
          port.close();
      }
    }

    function lose(): void {
      body?.error(new Error("the file could not be read to its end"));
      body = null;
      resolve(new Response(null, { status: 503 }));
    }

    port.on("message", ({ data }) => {
      const piece = v.safeParse(filePieceSchema, data);
      if (piece.success) take(piece.output);
    });
    // The core died, or has nothing more to say.
    port.on("close", lose);
    port.start();
  });
}
