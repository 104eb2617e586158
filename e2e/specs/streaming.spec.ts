import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import {
  chunkCount,
  chunkSizeFor,
  hashChunk,
  rootOf,
} from "#core/files/chunks.ts";
import { expect, test } from "../harness/fixtures.ts";
import { FILM_S, writeFilms } from "../harness/test-films.ts";
import { makeContacts } from "../pages/make-contacts.ts";

const MIB = 1024 * 1024;
/** First picture of a film, with one source on the same network. */
const FIRST_PICTURE_MS = 2_000;

/** The root of a file, by its bytes. */
function rootOfFile(path: string): string {
  const bytes = readFileSync(path);
  const size = chunkSizeFor(bytes.length);
  const hashes = Array.from({ length: chunkCount(bytes.length) }, (_, index) =>
    hashChunk(bytes.subarray(index * size, (index + 1) * size)),
  );
  return rootOf(Buffer.concat(hashes));
}

/** Where the page gets a file from, in either host. */
function addressOf(page: Page, root: string): Promise<string> {
  return page.evaluate(async (asked) => {
    if (location.protocol === "app:") return `/file/${asked}`;
    const token = sessionStorage.getItem("commonplace-token") ?? "";
    const answer = await fetch("/session", {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    return `${/"files":"([^"]+)"/.exec(text)?.[1] ?? ""}${asked}`;
  }, root);
}

/** Shows a film and answers after how long its first picture was there. */
function showFilm(page: Page, address: string): Promise<number> {
  return page.evaluate(async (source) => {
    const from = performance.now();
    const video = document.createElement("video");
    video.muted = true;
    video.id = "film";
    await new Promise<void>((resolve, reject) => {
      video.addEventListener("loadeddata", () => {
        resolve();
      });
      video.addEventListener("error", () => {
        reject(new Error(video.error?.message));
      });
      video.src = source;
      document.body.append(video);
    });
    return performance.now() - from;
  }, address);
}

/** Goes to a place in the film on the page and answers after how long its picture was there. */
function seek(page: Page, seconds: number): Promise<number> {
  return page.evaluate(async (to) => {
    const video = document.querySelector<HTMLVideoElement>("video#film");
    if (video === null) throw new Error("no film");
    const from = performance.now();
    await new Promise<void>((resolve) => {
      video.addEventListener(
        "seeked",
        () => {
          resolve();
        },
        { once: true },
      );
      video.currentTime = to;
    });
    return performance.now() - from;
  }, seconds);
}

/** Bytes that have arrived of files that are not here in full. */
function arrivedBytes(dataFolder: string): number {
  const folder = join(dataFolder, "attachments", ".incoming");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".part"))
    .map((name) => statSync(join(folder, name)).blocks * 512)
    .reduce((sum, bytes) => sum + bytes, 0);
}

test("a film plays and is sought in before it is here", async ({
  startApp,
  makeFolder,
}, info) => {
  const folder = join(makeFolder("shared"), "Films");
  test.skip(!writeFilms(folder), "there is no ffmpeg");
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  await ana.shareFolder(folder);
  await ben.openCollection("Films", 2);

  let before = 0;
  for (const name of ["film.mp4", "film.webm"]) {
    const path = join(folder, name);
    const address = await addressOf(ben.page, rootOfFile(path));
    const first = await showFilm(ben.page, address);
    const sought = await seek(ben.page, FILM_S * 0.8);
    const arrived = arrivedBytes(ben.dataFolder) - before;
    before += arrived;
    const { size } = statSync(path);
    info.annotations.push({
      type: name,
      description: `first picture ${first.toFixed(0)} ms, seek ${sought.toFixed(0)} ms, ${(arrived / MIB).toFixed(1)} of ${(size / MIB).toFixed(0)} MiB`,
    });
    expect(first).toBeLessThan(FIRST_PICTURE_MS);
    expect(sought).toBeLessThan(FIRST_PICTURE_MS);
    expect(arrived).toBeGreaterThan(0);
    expect(arrived).toBeLessThan(size / 2);
    await ben.page.evaluate(() => document.querySelector("#film")?.remove());
  }

  // What came stays, and is shown when nobody is there any more.
  await ana.close();
  const address = await addressOf(
    ben.page,
    rootOfFile(join(folder, "film.mp4")),
  );
  const status = await ben.page.evaluate(async (source) => {
    const headers = { Range: "bytes=1000-2000" };
    return (await fetch(source, { headers })).status;
  }, address);
  expect(status).toBe(206);
});
