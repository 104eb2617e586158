/**
 * Every limit of the protocol and of the interface, with its reason (LI). A
 * limit answers with a clear error or a dropped line; never with a crash.
 */

const KIB = 1024;
const MIB = 1024 * KIB;

/** One block of a log: large enough for a thread of posts, small enough to fetch on any line. */
export const ENTRY_BATCH_BYTES = 64 * KIB;
/** The text of one post, in UTF-8 bytes; half a batch, so that a post always fits one block. */
export const POST_TEXT_BYTES = 32 * KIB;
/** Edits, reactions and the like about one post from one log: nobody changes their mind more often, and a flood stops here. */
export const ENTRIES_PER_SUBJECT = 1000;
/** Attachments of one post: the records must fit one block beside the text. */
export const POST_ATTACHMENTS = 20;
/** One attachment: its bytes are copied into the app's folder, so the disk bears it twice. */
export const ATTACHMENT_BYTES = 4 * 1024 * MIB;
/** Attachments up to this size are fetched with the feed, without asking. */
export const ATTACHMENT_PREFETCH_BYTES = 16 * MIB;
/** Something without a place on disk that is handed over whole: a pasted picture, say. */
export const HANDED_BYTES = 64 * MIB;
/** A profile picture. */
export const PICTURE_BYTES = 1 * MIB;

/** A message on a line, except a chunk of a file. */
export const MESSAGE_BYTES = 1 * MIB;
/** A message that carries a chunk: the chunk and its head. */
export const CHUNK_MESSAGE_BYTES = 4 * MIB + 4 * KIB;
/** The smallest chunk of a file (FI1). */
export const CHUNK_MIN_BYTES = 256 * KIB;
/** The largest chunk of a file (FI1). */
export const CHUNK_MAX_BYTES = 4 * MIB;
/** Chunks in one file's list, so that the list (32 bytes each) fits two messages (FI1). */
export const CHUNKS_PER_FILE = 65_536;

/** Tags in one first message (ME3). */
export const TAGS_PER_LINE = 4096;
/** Tags are padded with random ones to a multiple of this, so that their count tells little. */
export const TAGS_PADDING = 64;
/** Headers offered for one space on one line. */
export const HEADERS_PER_SPACE = 10_000;
/** Headers on one line whose persons may be let in later: as many as a large group, little memory. */
export const HEADERS_WAITING = 1_000;
/** Entries about one path from one writer's log: a file saved thirty times a day for a year, and a flood stops here. */
export const ENTRIES_PER_PATH = 10_000;
/** A line with no valid first message within this time is dropped (ME3). */
export const FIRST_MESSAGE_MS = 3_000;
/** A frame that stalls for this long ends its line. */
export const STALLED_FRAME_MS = 30_000;
/** Bytes waiting on one line before it is held back. */
export const LINE_BUFFER_BYTES = 64 * MIB;
/** Broken rules on one line before it is closed (HO2). */
export const LINE_FAULTS = 64;
/** Attempts to take an invite, for each line and minute. */
export const INVITE_TRIES_PER_MINUTE = 10;

/** Logs of one space that a blind keeper keeps: a large group, and its list fits an entry. */
export const KEEP_LOGS = 1_000;
/** Spaces that are kept blindly for one person. */
export const KEEPS_PER_PERSON = 1_000;
/** Content in one sealed part: its message stays within MESSAGE_BYTES as base 64. */
export const SEALED_PART_BYTES = 256 * KIB;
/** Parts named in one message to a blind keeper. */
export const SEALED_PARTS_AT_ONCE = 512;

/** A person's name, in characters. */
export const NAME_CHARACTERS = 60;
/** The message shown with an invite or a request, in characters. */
export const INVITE_MESSAGE_CHARACTERS = 300;
/** A link the app accepts: more than any invite (2,740 with the longest name, message and hints), less than a nuisance. */
export const LINK_CHARACTERS = 3072;
/** The longest life of an invite. */
export const INVITE_LIFE_MAX_MS = 30 * 24 * 60 * 60 * 1000;
/** People one invite may admit. */
export const INVITE_USES_MAX = 50;

/** The small picture of a file, in bytes: a hundred of them are fetched with a folder, and nobody waits. */
export const LOOK_PICTURE_BYTES = 24 * KIB;
/** The longer side of that picture as we make it, in pixels. */
export const LOOK_PICTURE_SIDE = 320;
/** The longest side of such a picture of somebody else that is shown: 1 MiB when it is decoded. */
export const LOOK_PICTURE_SIDE_MAX = 512;
/** A side of a picture or film, as told: more than any format can have. */
export const LOOK_SIDE_MAX = 1_000_000;
/** How long a film or sound may say it is: a month. */
export const LOOK_DURATION_MS = 31 * 24 * 60 * 60 * 1000;
/** A picture with more pixels is not decoded: 400 MB at four bytes each. */
export const PICTURE_PIXELS = 100_000_000;
/** Looks handed over in one call: as many as fit a block of a log. */
export const LOOKS_AT_ONCE = 16;

/** A path inside a collection, in UTF-8 bytes. */
export const PATH_BYTES = 1024;
/** Folders inside folders. */
export const PATH_LEVELS = 32;
/** Collections of one person on a list: more than anybody makes, less than fills a disk with offers. */
export const COLLECTIONS_PER_PERSON = 1_000;
/** Rows of a window state: what a tall screen shows, three times over. */
export const WINDOW_ROWS = 500;
/** A clock this far ahead of ours is not believed; its entries show by arrival (EN3). */
export const CLOCK_AHEAD_MS = 10 * 60 * 1000;
/** The least characters of a password for the data on this computer. */
export const PASSWORD_CHARACTERS = 8;
/** How long a new post can be taken back before it is written, when nothing else was chosen. */
export const UNDO_MS = 5_000;
/** What the app may use of the disk when nothing else was chosen: the smaller of this and a tenth of what is free. */
export const ROOM_BYTES = 20_000_000_000;
/** What stays free on the disk when nothing else was chosen: a system without it stumbles. */
export const ALWAYS_FREE_BYTES = 2_000_000_000;
/** What stays free on a disk even when nothing else is to: what the app and others write between two looks at it. */
export const DISK_FLOOR_BYTES = 16_000_000;
/** Earlier versions of files may take this part of what the app may use; the oldest give way. */
export const VERSIONS_PART = 1 / 4;
/** How long freed files can be had back: the toast, and time to reach it. */
export const FREE_UNDO_MS = 10_000;
/** How long a cancelled transfer can be taken up where it was: the toast, and time to reach it. */
export const CANCEL_UNDO_MS = 15_000;
/** Refused files told of one freeing: more than anybody reads. */
export const REFUSALS_TOLD = 1_000;
