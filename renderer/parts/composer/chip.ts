import type { GrantId } from "#core/contract/ids.ts";

/** A file attached to what is being written. */
export interface Chip {
  readonly grant: GrantId;
  readonly name: string;
  readonly size: number | null;
  readonly alt: string;
  /** An address to draw a picture from, while it is being written. */
  readonly preview: string | null;
  /** Its place among the others: the order in which they were chosen. */
  readonly order: number;
}
