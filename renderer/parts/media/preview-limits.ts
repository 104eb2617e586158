const MB = 1000 * 1000;

/** More than this is not drawn: a window that stands still shows nothing either. */
export const PREVIEW_BYTES = 200 * MB;
/** Width times height of a picture; four bytes each when drawn. */
export const PREVIEW_PIXELS = 100 * MB;
/** A text is read this far; what follows is for another app. */
export const PREVIEW_TEXT_BYTES = 2 * MB;
/** A drawing made of text; larger ones take the window's time. */
export const PREVIEW_DRAWING_BYTES = 8 * MB;
/** Triangles of a model. */
export const PREVIEW_TRIANGLES = 5 * MB;
/** Entries of an archive that are listed. */
export const PREVIEW_ENTRIES = 10_000;
