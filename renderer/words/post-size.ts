import { POST_TEXT_BYTES } from "#core/contract/limits.ts";

const KB = 1024;

/** The bytes of a text as it goes out. */
function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Whether a text is more than one post can hold. */
export function isTooLong(text: string): boolean {
  return bytesOf(text) > POST_TEXT_BYTES;
}

/** "34 of 32 KB". */
export function postSizeWords(text: string): string {
  return `${Math.ceil(bytesOf(text) / KB)} of ${postLimitWords(POST_TEXT_BYTES)}`;
}

/** "32 KB": the limit of a post, in the unit of its counter. */
export function postLimitWords(limitBytes: number): string {
  return `${Math.floor(limitBytes / KB)} KB`;
}
