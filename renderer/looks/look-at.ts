import {
  LOOK_DURATION_MS,
  LOOK_SIDE_MAX,
  PICTURE_PIXELS,
} from "#core/contract/limits.ts";
import type { FoundLook, UntoldFile } from "#core/contract/look-models.ts";
import { readPictureHeader } from "#core/contract/picture-header.ts";
import { drawSmall } from "./draw-small.ts";
import { ready } from "./ready.ts";

/** Read of a picture before it is decoded; cameras put a lot in front of its size. */
const HEAD_BYTES = 512 * 1024;
/** Files larger than this are no pictures for a list. */
const PICTURE_BYTES = 128 * 1024 * 1024;
/** What cannot be decoded small from the start, as a JPEG can, takes four bytes a pixel. */
const WHOLE_PIXELS = 40_000_000;
/** A decoder that takes longer is not waited for. */
const DECODE_MS = 20_000;
/** Where in a film its picture is taken: past the black at its start. */
const FILM_PLACE = 0.1;
const FILM_PLACE_MOST_S = 10;

type Seen = Omit<Extract<FoundLook, { kind: "seen" }>, "kind" | "root">;

/**
 * Finds out how an own file looks, by decoding it here, in the page's sandbox.
 * Never rejects but with the signal's reason: what goes wrong is an answer.
 */
export async function lookAt(
  file: UntoldFile,
  address: string,
  signal: AbortSignal,
): Promise<FoundLook> {
  const { root, mediaType } = file;
  const late = AbortSignal.any([signal, AbortSignal.timeout(DECODE_MS)]);
  try {
    const head = await readHead(address, late);
    if (head === null) return { kind: "later", root };
    const seen = mediaType.startsWith("image/")
      ? await lookAtPicture(file, address, head, late)
      : await listenOrWatch(file, address, late);
    return seen === null
      ? { kind: "blind", root }
      : { kind: "seen", root, ...seen };
  } catch {
    signal.throwIfAborted();
    return { kind: "blind", root };
  }
}

/** The first bytes; null when the file cannot be read now. */
async function readHead(
  address: string,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  try {
    const headers = { Range: `bytes=0-${HEAD_BYTES - 1}` };
    const answer = await fetch(address, { headers, signal, cache: "no-store" });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

async function lookAtPicture(
  { size }: UntoldFile,
  address: string,
  head: Uint8Array,
  signal: AbortSignal,
): Promise<Seen | null> {
  const header = readPictureHeader(head);
  if (header === null) return null;
  const told = { width: header.width, height: header.height, durationMs: null };
  if (Math.max(told.width, told.height) > LOOK_SIDE_MAX) return null;
  const most = header.type === "image/jpeg" ? PICTURE_PIXELS : WHOLE_PIXELS;
  // Its size is known without decoding it; that is all that is told of a bomb.
  if (told.width * told.height > most || size > PICTURE_BYTES)
    return { ...told, picture: null };
  const image = new Image();
  try {
    const loaded = ready(image, "load", signal);
    image.src = address;
    await loaded;
    // Turned as the camera was held.
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width * height > most || width * height === 0) return null;
    const picture = await drawSmall(image, width, height);
    return { width, height, durationMs: null, picture };
  } finally {
    image.removeAttribute("src");
  }
}

async function listenOrWatch(
  { mediaType }: UntoldFile,
  address: string,
  signal: AbortSignal,
): Promise<Seen | null> {
  const isFilm = mediaType.startsWith("video/");
  const player = document.createElement(isFilm ? "video" : "audio");
  player.muted = true;
  player.preload = isFilm ? "auto" : "metadata";
  try {
    const known = ready(player, "loadedmetadata", signal);
    player.src = address;
    await known;
    const durationMs = durationOf(player);
    if (!(player instanceof HTMLVideoElement) || player.videoWidth === 0)
      return { width: null, height: null, durationMs, picture: null };
    const { videoWidth: width, videoHeight: height } = player;
    if (width * height > WHOLE_PIXELS)
      return { width, height, durationMs, picture: null };
    const place = Math.min(FILM_PLACE_MOST_S, player.duration * FILM_PLACE);
    const shown = ready(player, "seeked", signal);
    player.currentTime = Number.isFinite(place) ? place : 0;
    await shown;
    const picture = await drawSmall(player, width, height);
    return { width, height, durationMs, picture };
  } finally {
    player.removeAttribute("src");
    player.load();
  }
}

function durationOf({ duration }: HTMLMediaElement): number | null {
  const durationMs = Math.round(duration * 1_000);
  return durationMs > 0 && durationMs <= LOOK_DURATION_MS ? durationMs : null;
}
