import type { FileKind } from "#core/contract/keeping-models.ts";

const DOCUMENTS = new Set([
  "application/pdf",
  "application/json",
  "application/epub+zip",
]);

/** What a file is to a person, from its type. */
export function fileKind(mediaType: string): FileKind {
  if (mediaType.startsWith("image/")) return "pictures";
  if (mediaType.startsWith("audio/")) return "audio";
  if (mediaType.startsWith("video/")) return "video";
  return mediaType.startsWith("text/") ||
    mediaType.startsWith("application/vnd.o") ||
    DOCUMENTS.has(mediaType)
    ? "documents"
    : "other";
}
