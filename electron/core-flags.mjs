/**
 * How V8 keeps the memory of the core, whoever starts it: in plain JavaScript, as
 * `scripts/start.mjs` runs before anything is built.
 *
 * `min-semi-space-size`: the space for young objects begins at the size it may
 * grow to. Chunks on their way live for some milliseconds: in the one or two
 * megabytes it would begin with they count as old by then, and for the memory
 * that they hold outside the heap all of it is looked through three times as
 * often.
 *
 * `heap-growing-percent`: old objects are looked through once there are three
 * times as many as lived the last time, where V8 would wait for up to four times
 * as many. Sharing and fetching 100,000 files leave much behind and keep little.
 * Looking sooner (100, 40) saves more there, but counts chunks on their way as
 * growth: over the DHT a download then takes half as long again.
 *
 * @type {readonly string[]}
 */
export const CORE_FLAGS = [
  "--min-semi-space-size=16",
  "--heap-growing-percent=200",
];

/**
 * The same where Node runs the core. Its V8 11 knows nothing between code that
 * is barely compiled and code that is compiled at length, and does the latter
 * after 66 KiB of bytecode: fetching 10,000 small files, a quarter of all the
 * processor's time went there, for code that then ran for half a second. Twelve
 * times as late it costs a fifth of that. Later versions, and Electron's, have
 * a compiler in between, and do not know this flag.
 *
 * @type {readonly string[]}
 */
export const NODE_CORE_FLAGS = process.versions.v8.startsWith("11.")
  ? [...CORE_FLAGS, "--interrupt-budget=800000"]
  : CORE_FLAGS;

/**
 * For the library of C that the core runs on, where it is glibc: all threads take
 * memory from two places. With one for each, 100,000 files leave some 30 MB more
 * of it unused and not given back.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const CORE_ENV = { MALLOC_ARENA_MAX: "2" };
