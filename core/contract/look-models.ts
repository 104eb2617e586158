import type { FileRoot } from "./ids.ts";

/** A small picture of a file, made by who shared it. A claim: its bytes are checked before they are shown. */
export interface LookPicture {
  readonly root: FileRoot;
  /** Bytes. */
  readonly size: number;
}

/** How a picture, a film or a sound looks, told before it is here. Claims of who shared it. */
export interface FileLook {
  /** In pixels; null for sounds. */
  readonly width: number | null;
  readonly height: number | null;
  /** Null for pictures, and where it cannot be told. */
  readonly durationMs: number | null;
  readonly picture: LookPicture | null;
}

/** An own file whose look nobody has told yet. */
export interface UntoldFile {
  readonly root: FileRoot;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

/** What the interface found out about an own file by decoding it. */
export type FoundLook =
  | {
      readonly kind: "seen";
      readonly root: FileRoot;
      readonly width: number | null;
      readonly height: number | null;
      readonly durationMs: number | null;
      /** A small WebP or JPEG, base64; null where there is nothing to see. */
      readonly picture: string | null;
    }
  /** It cannot be decoded, or only at too high a price; it is not tried again. */
  | { readonly kind: "blind"; readonly root: FileRoot }
  /** It could not be read just now. */
  | { readonly kind: "later"; readonly root: FileRoot };
