const LENGTH_BYTES = 3;

/** The frame that starts encryption: an id of 32 bytes and a header of 24. */
export const START_FRAME_BYTES = 56;

/** Where the bytes of a Noise stream stand in their frames. */
export interface Frames {
  read(bytes: Uint8Array): void;
  /** Length of the frame that is under way; 0 between two. */
  readonly length: number;
  /** Bytes of it that did not come yet. */
  readonly missing: number;
}

/**
 * Follows frames, each behind its length of 3 bytes. `onHead` hears each length
 * before a byte of the frame is passed, and answers whether to follow on;
 * `onEnd` hears the length of each that came whole.
 */
export function followFrames(
  onHead: (length: number) => boolean,
  onEnd: (length: number) => void = () => undefined,
): Frames {
  let length = 0;
  let lengthRead = 0;
  let missing = 0;
  let isFollowing = true;

  return {
    get length() {
      return lengthRead === LENGTH_BYTES ? length : 0;
    },
    get missing() {
      return missing;
    },
    read(bytes) {
      let offset = 0;
      while (isFollowing && offset < bytes.length) {
        if (missing > 0) {
          const step = Math.min(missing, bytes.length - offset);
          missing -= step;
          offset += step;
        } else {
          length += (bytes[offset] ?? 0) * 256 ** lengthRead;
          offset += 1;
          lengthRead += 1;
          if (lengthRead < LENGTH_BYTES) continue;
          isFollowing = onHead(length);
          missing = length;
        }
        if (missing > 0) continue;
        onEnd(length);
        length = 0;
        lengthRead = 0;
      }
    },
  };
}
