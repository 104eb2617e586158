import type NoiseSecretStream from "@hyperswarm/secret-stream";
import { CHUNK_MESSAGE_BYTES, MESSAGE_BYTES } from "#core/contract/limits.ts";
import { START_FRAME_BYTES, followFrames } from "./frames.ts";

/** The longest frame of a Noise handshake is about a hundred bytes. */
const HANDSHAKE_FRAME_BYTES = 1024;
/**
 * Protomux joins waiting messages into one frame until it passes 8 MiB, so an
 * honest frame can hold that much and one chunk more.
 */
const FRAME_BYTES = 8 * 1024 * 1024 + CHUNK_MESSAGE_BYTES + 4 * 1024;

export type RawEnd =
  /** Frames of the Noise handshake come first. */
  | "handshake"
  /** The handshake went another way; the first frame starts encryption. */
  | "started";

/**
 * Ends a line whose other end announces a frame larger than any honest one. The
 * stream itself believes the 3-byte length and allocates up to 16 MiB for it
 * (LI, HO1). Call it right after the stream was made, before bytes arrive.
 */
export function capFrames(stream: NoiseSecretStream, raw: RawEnd): void {
  const handshakeFrames = raw === "started" ? 1 : stream.isInitiator ? 2 : 3;
  let frame = 0;
  const frames = followFrames((length) => {
    if (raw === "started" && frame === 0 && length !== START_FRAME_BYTES) {
      // We came too late to count frames on this line.
      stream.rawStream.off("data", onData);
      return false;
    }
    if (length > capOf(frame)) {
      // Destroyed before the stream's own listener runs, it allocates nothing.
      stream.destroy();
      return false;
    }
    frame += 1;
    return true;
  });

  function capOf(index: number): number {
    if (index < handshakeFrames) return HANDSHAKE_FRAME_BYTES;
    // The first message comes from somebody who has shown nothing yet (ME3).
    return index === handshakeFrames ? MESSAGE_BYTES : FRAME_BYTES;
  }

  function onData(bytes: Uint8Array): void {
    frames.read(bytes);
  }

  stream.rawStream.prependListener("data", onData);
}
