/**
 * V8's space for young objects begins at the size it may grow to. Chunks on
 * their way live for some milliseconds: in the one or two megabytes it would
 * begin with they count as old by then, and for the memory that they hold
 * outside the heap all of it is looked through three times as often. The
 * browser host is started with the same flag (`scripts/start.mjs`).
 */
export const CORE_FLAGS: string[] = ["--js-flags=--min-semi-space-size=16"];
