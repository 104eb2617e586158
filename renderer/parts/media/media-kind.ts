export type MediaKind = "picture" | "sound" | "film" | "text" | "other";

/** Kinds the window can show by itself. Pictures that can carry scripts are not among them. */
export function mediaOf(mediaType: string): MediaKind {
  if (/^image\/(?:png|jpeg|gif|webp|avif)$/u.test(mediaType)) return "picture";
  if (/^audio\/(?:mpeg|mp4|aac|ogg|opus|flac|wav|x-wav|webm)$/u.test(mediaType))
    return "sound";
  if (/^video\/(?:mp4|webm|ogg)$/u.test(mediaType)) return "film";
  if (/^text\/(?:plain|markdown|csv)$/u.test(mediaType)) return "text";
  return "other";
}
