import { Socket } from "node:net";
import type NoiseSecretStream from "@hyperswarm/secret-stream";
import { dialHost } from "./local-address.ts";
import type { Address, Ends, Line, Transport } from "./port.ts";

/** What the adapter knows of a line besides its stream. */
export interface LineFacts {
  readonly transport: Transport;
  readonly remote: Address | null;
  readonly helper?: Buffer | null;
}

/**
 * Waits for the Noise handshake and makes the line. Null when the stream closed
 * before that, or when it came up without the hash that names the line (ME3).
 */
export async function openLine(
  stream: NoiseSecretStream,
  /** Asked for once the line is up. */
  factsOf: () => LineFacts,
): Promise<Line | null> {
  // Without a listener a reset from the other end would end the process.
  stream.on("error", ignore);
  const closed = new Promise<void>((resolve) => {
    if (stream.destroyed) resolve();
    else stream.once("close", resolve);
  });
  const opened = await stream.opened;
  if (!opened || stream.destroying) return null;
  if (!isLineHash(stream.handshakeHash)) {
    stream.destroy();
    return null;
  }
  const facts = factsOf();
  return {
    ...facts,
    ends: facts.transport === "tcp" ? endsOf(stream) : null,
    stream,
    isInitiator: stream.isInitiator,
    handshakeHash: stream.handshakeHash,
    closed,
    close() {
      stream.destroy();
    },
  };
}

function endsOf({ rawStream }: NoiseSecretStream): Ends | null {
  if (!(rawStream instanceof Socket)) return null;
  const { localAddress, remoteAddress } = rawStream;
  if (localAddress === undefined || remoteAddress === undefined) return null;
  return { local: dialHost(localAddress), remote: dialHost(remoteAddress) };
}

/** The library leaves the hash null until the handshake is done, whatever its types say. */
function isLineHash(hash: unknown): hash is Buffer {
  return (
    hash instanceof Uint8Array && (hash.length === 32 || hash.length === 64)
  );
}

function ignore(): void {
  // The close event tells all that matters.
}
