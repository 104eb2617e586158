import type { LookPicture } from "#core/contract/look-models.ts";
import {
  LOOK_PICTURE_BYTES,
  LOOK_PICTURE_SIDE_MAX,
} from "#core/contract/limits.ts";
import { readPictureHeader } from "#core/contract/picture-header.ts";

/** Small pictures held for showing again; a few screens of them. */
const HELD = 400;
/** Fetched at one moment, so that a film on the same screen is not held up. */
const AT_ONCE = 4;
/** What did not come is asked for again after this. */
const AGAIN_MS = 30_000;

interface Small {
  /** An address of the page's own; null when it did not come, or is not what it says. */
  readonly address: Promise<string | null>;
  readonly at: number;
}

/**
 * Small pictures by content, each fetched once and checked before anything is
 * decoded: who made them may lie (FI12).
 */
export function createSmallPictures(
  addressOf: (picture: LookPicture) => string,
) {
  const held = new Map<string, Small>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= AT_ONCE)
      await new Promise<void>((resolve) => waiting.push(resolve));
    busy++;
    try {
      return await work();
    } finally {
      busy--;
      waiting.shift()?.();
    }
  }

  function forgetOldest(): void {
    for (const [root, small] of held) {
      if (held.size <= HELD) return;
      held.delete(root);
      small.address.then(
        (address) => address !== null && URL.revokeObjectURL(address),
        () => undefined,
      );
    }
  }

  return {
    /** The address to show a small picture from; null when there is none to show. */
    find(picture: LookPicture): Promise<string | null> {
      const known = held.get(picture.root);
      held.delete(picture.root);
      const now = performance.now();
      const isFresh = known !== undefined && now - known.at < AGAIN_MS;
      const small = isFresh
        ? known
        : { address: inTurn(() => read(addressOf(picture))), at: now };
      held.set(picture.root, small);
      const { address } = small;
      address.then(
        (it) => {
          // What came does not change any more.
          if (it !== null && held.get(picture.root) === small)
            held.set(picture.root, { address, at: Infinity });
        },
        () => undefined,
      );
      forgetOldest();
      return address;
    },
  };
}

export type SmallPictures = ReturnType<typeof createSmallPictures>;

async function read(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) return null;
    const claimed = Number(answer.headers.get("Content-Length") ?? "0");
    if (claimed > LOOK_PICTURE_BYTES) {
      await answer.body?.cancel();
      return null;
    }
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const type = safeType(bytes);
    return type === null
      ? null
      : URL.createObjectURL(new Blob([bytes], { type }));
  } catch {
    return null;
  }
}

/** What the bytes are, when they are small in every way. */
export function safeType(bytes: Uint8Array): string | null {
  const header = readPictureHeader(bytes);
  if (header === null || bytes.byteLength > LOOK_PICTURE_BYTES) return null;
  const { type, width, height } = header;
  const isKnown = type === "image/webp" || type === "image/jpeg";
  return isKnown && Math.max(width, height) <= LOOK_PICTURE_SIDE_MAX
    ? type
    : null;
}
