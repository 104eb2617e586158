import type NoiseSecretStream from "@hyperswarm/secret-stream";
import type { Clock } from "#core/base/clock.ts";
import { LINE_BUFFER_BYTES } from "#core/contract/limits.ts";

const LOOK_MS = 500;

/** Ends lines that we read too slowly for what the other end sends. */
export interface BacklogWatch {
  add(stream: NoiseSecretStream): void;
  stop(): void;
}

/**
 * UDX acknowledges and keeps whatever arrives, read or not: holding back a
 * sender is up to the protocols above. One that sends on all the same fills our
 * memory, so its line ends at LINE_BUFFER_BYTES (LI).
 */
export function watchBacklog(clock: Clock): BacklogWatch {
  const unread = new Map<NoiseSecretStream, () => number>();

  const stop = clock.every(LOOK_MS, () => {
    for (const [stream, count] of unread)
      if (count() > LINE_BUFFER_BYTES) stream.destroy();
  });

  return {
    add(stream) {
      const start = received(stream);
      let read = 0;
      stream.rawStream.prependListener("data", (bytes: Uint8Array) => {
        read += bytes.length;
      });
      unread.set(stream, () => received(stream) - start - read);
      stream.on("close", () => unread.delete(stream));
    },
    stop,
  };
}

/** Bytes that came over a UDX stream; other streams hold their senders back themselves. */
function received({ rawStream }: NoiseSecretStream): number {
  const bytes: unknown = Reflect.get(rawStream, "bytesReceived");
  return typeof bytes === "number" ? bytes : 0;
}
