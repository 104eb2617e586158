// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { spaceId } from "#renderer/testing/fake-ids.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { heardIn, act, draw, type Drawn } from "#renderer/testing/render.tsx";
import { Preview } from "./preview.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
  vi.unstubAllGlobals();
});

const collection = spaceId("Summer concert");

/** There are no threads in a page without a browser. */
class SilentWorker extends EventTarget {
  postMessage() {}
  terminate() {}
}

/** Opens a file of the concert, whose bytes are answered like this. */
async function open(
  path: string,
  answer: () => Response = () => new Response(null, { status: 503 }),
) {
  vi.stubGlobal("fetch", () => Promise.resolve(answer()));
  vi.stubGlobal("Worker", SilentWorker);
  const onClose = vi.fn<() => void>();
  drawn = await draw(
    fakeShell(worldStore(fullWorld())),
    <Preview
      subject={{
        kind: "collection",
        listing: { collection, folder: "", search: "" },
        path,
        index: 0,
      }}
      onClose={onClose}
    />,
  );
  await settle();
  return { page: drawn, onClose };
}

async function settle(): Promise<void> {
  await act(async () => {
    for (let step = 0; step < 20; step++) await Promise.resolve();
  });
}

/** Presses "Previous file", as long as it can be pressed. */
async function before(): Promise<void> {
  const button = drawn?.find("button", "Previous file");
  if (button?.hasAttribute("disabled") === false)
    await drawn?.press("button", "Previous file");
}

const title = () => {
  const heading = document.querySelector(".preview__title");
  return heading === null ? undefined : heardIn(heading);
};
const body = () => document.querySelector(".preview__body")?.textContent;

test("a file is shown by its whole name, its size and where it stands", async () => {
  await open("Programme.pdf");
  expect(title()).toBe("Programme.pdf");
  expect(document.querySelector(".file-title__ending")?.textContent).toBe(
    ".pdf",
  );
  expect(document.querySelector(".preview__facts")?.textContent).toBe(
    "2.2 MB · On this computer",
  );
});

test("a file that nobody in reach has names who is waited for, and can be called off", async () => {
  const { page, onClose } = await open("Encore.flac");
  expect(body()).toContain("Waiting for \u2068Ana");
  await page.press("button", "Cancel");
  expect(onClose).toHaveBeenCalledOnce();
});

test("the next file is a key away, folders are passed over", async () => {
  const { page } = await open("Picture 001.jpg");
  await page.key(".preview", { key: "ArrowRight" });
  expect(title()).toBe("Picture 002.jpg");
  await page.key(".preview", { key: "ArrowLeft" });
  expect(title()).toBe("Picture 001.jpg");
  for (let step = 0; step < 20; step++) await before();
  // Above it are folders only.
  expect(title()).toBe("Evening 1, full.mp4");
});

test("Escape and Space close it", async () => {
  const { page, onClose } = await open("CON.txt");
  await page.key(".preview", { key: " " });
  await page.key(".preview", { key: "Escape" });
  expect(onClose).toHaveBeenCalledTimes(2);
});

test("a sound of any size plays, a picture above the limit does not open", async () => {
  const vast = Uint8Array.from(
    "89504e470d0a1a0a0000000d494844520000fde80000fde8".match(/../gu) ?? [],
    (pair) => Number.parseInt(pair, 16),
  );
  await open("Picture 001.jpg", () => new Response(vast, { status: 206 }));
  expect(body()).toContain("Too large to preview");
  expect(document.querySelector(".preview__body img")).toBeNull();
});

test("what is not what its name says is one sentence", async () => {
  await open(
    "Picture 001.jpg",
    () => new Response("no picture", { status: 206 }),
  );
  expect(body()).toContain("This file is damaged, or not what its name says.");
});

test("a text shows its lines, tags as they were written", async () => {
  await open("CON.txt", () => new Response("<b>one</b>\ntwo", { status: 206 }));
  expect(document.querySelector(".lines")).not.toBeNull();
  expect(body()).toContain("2 lines · UTF-8");
  expect(document.querySelector(".preview__body b")).toBeNull();
});

test("details are a press away", async () => {
  const { page } = await open("CON.txt");
  await page.press("button", "Details");
  expect(document.querySelector(".preview__details")?.textContent).toContain(
    "Text, TXT",
  );
});

test("a film and a sound stand still until they are asked to play, and do not begin anew", async () => {
  await open("Encore.flac", () => new Response("x", { status: 206 }));
  const media = document.querySelector("audio");
  expect(media?.autoplay).toBe(false);
  expect(media?.loop).toBe(false);
  expect(
    document.querySelector(".player__bar button")?.getAttribute("aria-label"),
  ).toBe("Play");
});
