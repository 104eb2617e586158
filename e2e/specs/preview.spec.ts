import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { accessibilityProblems } from "../harness/axe.ts";
import { expect, test } from "../harness/fixtures.ts";
import {
  writeHostileFiles,
  writePreviewFiles,
} from "../harness/preview-files.ts";
import { writePicture } from "../harness/pictures.ts";
import type { App } from "../pages/app.ts";
import { makeContacts } from "../pages/make-contacts.ts";
import { createPreviews, type Previews } from "../pages/previews.ts";

type Shown = (dialog: Locator, page: Page) => Promise<void>;

const says =
  (words: string | RegExp): Shown =>
  (dialog) =>
    expect(dialog).toContainText(words);

/** A picture with pixels of its own. */
const drawsPicture: Shown = async (dialog) => {
  const picture = dialog.locator("img").first();
  await expect(picture).toBeVisible();
  const width = await picture.evaluate((element) =>
    element instanceof HTMLImageElement ? element.naturalWidth : 0,
  );
  expect(width).toBeGreaterThan(0);
};

/** Ink on the paper of a page. */
const drawsPage: Shown = async (dialog) => {
  const inked = () =>
    dialog
      .locator("canvas")
      .first()
      .evaluate((element) => {
        if (!(element instanceof HTMLCanvasElement)) return 0;
        const { width, height } = element;
        const copy = document.createElement("canvas");
        [copy.width, copy.height] = [width, height];
        const pen = copy.getContext("2d", { willReadFrequently: true });
        pen?.drawImage(element, 0, 0);
        const pixels = pen?.getImageData(0, 0, width, height).data;
        let dark = 0;
        for (let at = 0; at < (pixels?.length ?? 0); at += 4)
          if ((pixels?.[at] ?? 255) < 100 && pixels?.[at + 3] === 255) dark++;
        return dark;
      });
  await expect.poll(inked).toBeGreaterThan(1_000);
};

/** Something other than the stage in the middle of it. */
const drawsModel: Shown = async (dialog, page) => {
  const stage = dialog.getByRole("img", { name: /^3D model/ });
  await expect(stage.locator("canvas")).toBeVisible();
  const covered = async () => {
    const picture = (await stage.screenshot()).toString("base64");
    return await page.evaluate(async (text) => {
      const image = new Image();
      image.src = `data:image/png;base64,${text}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      const side = 120;
      [canvas.width, canvas.height] = [side, side];
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      const [x, y] = [image.width / 2 - 150, image.height / 2 - 150];
      pen?.drawImage(image, x, y, 300, 300, 0, 0, side, side);
      const stageColour = pen?.getImageData(0, 0, 1, 1).data[0] ?? 0;
      const pixels = pen?.getImageData(0, 0, side, side).data ?? [];
      let other = 0;
      for (let at = 0; at < pixels.length; at += 4)
        if (Math.abs((pixels[at] ?? 0) - stageColour) > 24) other++;
      return other / (side * side);
    }, picture);
  };
  await expect.poll(covered).toBeGreaterThan(0.1);
};

async function plays(dialog: Locator, page: Page, kind: "audio" | "video") {
  const media = dialog.locator(kind);
  const time = () =>
    media.evaluate((element) =>
      element instanceof HTMLMediaElement ? element.currentTime : -1,
    );
  await expect(dialog.getByRole("slider", { name: "Place" })).toBeEnabled();
  expect(await time()).toBe(0);
  await page.keyboard.press("Space");
  await expect.poll(time).toBeGreaterThan(0.2);
  await page.keyboard.press("k");
  await expect(dialog.getByRole("button", { name: "Play" })).toBeVisible();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect.poll(time).toBeGreaterThan(3.5);
}

/** Each kind, and how one sees that it is shown. */
const KINDS: readonly (readonly [string, Shown])[] = [
  ["01 picture.png", drawsPicture],
  [
    "02 turned.jpg",
    async (dialog) => {
      // As its camera was held: higher than wide.
      await expect
        .poll(async () => {
          const box = await dialog.locator("img").boundingBox();
          return (box?.height ?? 0) - (box?.width ?? 0);
        })
        .toBeGreaterThan(0);
    },
  ],
  ["03 drawing.svg", drawsPicture],
  ["04 text.txt", says("Größe: 4 m²")],
  [
    "05 notes.md",
    async (dialog) => {
      await expect(dialog).toContainText("<img src=");
      await expect(dialog.getByRole("cell", { name: "rope" })).toBeVisible();
    },
  ],
  ["06 sound.wav", (dialog, page) => plays(dialog, page, "audio")],
  ["07 film.srt", says("Everybody can hear us?")],
  [
    "07 film.webm",
    async (dialog, page) => {
      await plays(dialog, page, "video");
      const shown = () =>
        dialog.locator("video").evaluate((element) => {
          const film = element instanceof HTMLVideoElement ? element : null;
          const cue = film?.textTracks[0]?.activeCues?.[0];
          return cue !== undefined && "text" in cue ? cue.text : null;
        });
      await expect.poll(shown).toBe("Everybody can hear us?");
    },
  ],
  ["09 minutes.pdf", drawsPage],
  ["10 ring.stl", drawsModel],
  ["11 pyramid.glb", drawsModel],
  ["12 pyramid.gltf", says("Not in this file: wood.png")],
  ["13 archive.zip", says("plans/pond.pdf")],
  ["14 letter.odd", says("Open in another app")],
  ["15 page.html", says("<h1>Hello</h1>")],
  [
    "16 members.csv",
    async (dialog) => {
      const heads = dialog.getByRole("columnheader");
      await expect(heads).toHaveText(["Who", "Brings", "Metres"]);
      await expect(
        dialog.getByRole("cell", { name: "Torres, Ana" }),
      ).toBeVisible();
      await dialog.getByRole("button", { name: "As text" }).click();
      await expect(dialog).toContainText('"Torres, Ana";"rope');
      await dialog.getByRole("button", { name: "As a table" }).click();
      await expect(heads).toHaveCount(3);
    },
  ],
];

/** Each hostile file, and what a person reads instead. */
const HOSTILE: readonly (readonly [string, string | RegExp])[] = [
  ["01 vast.png", "Too large to preview"],
  ["02 torn.png", "This file is damaged"],
  ["03 torn.jpg", "This file is damaged"],
  ["04 torn.pdf", "This file is damaged"],
  ["05 torn.glb", "This file is damaged"],
  ["06 torn.stl", "This file is damaged"],
  ["07 torn.zip", "This file is damaged"],
  ["08 torn.webm", "This video cannot be played here."],
  ["10 elsewhere.gltf", "is in another file"],
  ["11 many.zip", "The first 10,000 entries"],
  ["12 climbing.zip", "../../etc/passwd"],
  ["13 long line.txt", "more characters in this line"],
  ["14 marks.txt", "more characters in this line"],
  ["15 laughs.svg", "too involved"],
  ["16 empty.png", "This file is empty."],
  ["17 empty.txt", "This file is empty."],
  ["18 binary.txt", "This file is damaged"],
  ["19 ring.gltf", "This file is damaged"],
];

async function shareAndOpen(
  app: App,
  folder: string,
): Promise<Previews & { readonly outside: readonly string[] }> {
  const outside: string[] = [];
  const { page } = app;
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    const isOwn = ["blob:", "data:"].includes(protocol);
    if (!isOwn && origin !== new URL(page.url()).origin)
      outside.push(request.url());
  });
  await app.onboard();
  await app.shareFolder(folder);
  const previews = createPreviews(page);
  await previews.openFirst();
  return { ...previews, outside };
}

/** Walks through files that were shared from here, each with what is to be seen of it. */
async function walkThrough(
  app: App,
  folder: string,
  files: readonly (readonly [string, Shown])[],
): Promise<void> {
  const previews = await shareAndOpen(app, folder);
  for (const [name, isShown] of files) {
    await previews.walkTo(name);
    await isShown(previews.dialog, app.page);
    // Nothing in a file runs: one that could would take the window's title.
    expect(await app.page.title(), name).not.toContain("taken");
  }
  await previews.close();
  expect(previews.outside).toEqual([]);
  // The focus is back where it was.
  await expect(app.page.locator("tbody tr").first()).toBeFocused();
}

test("J1, J4: files of each kind are drawn, and nothing in them runs or calls out", async ({
  startApp,
  makeFolder,
}) => {
  const folder = join(makeFolder("shared"), "Garden");
  writePreviewFiles(folder);
  await walkThrough(await startApp("Ana"), folder, KINDS);
});

test("J3, J5, J7: what means harm is one sentence, and the window stays alive", async ({
  startApp,
  makeFolder,
}) => {
  const folder = join(makeFolder("shared"), "Traps");
  writeHostileFiles(folder);
  await walkThrough(
    await startApp("Ana"),
    folder,
    HOSTILE.map(([name, words]) => [name, says(words)] as const),
  );
});

test("a file that is not here is fetched by looking at it; when nobody has it, one reads who is waited for", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const folder = join(makeFolder("shared"), "Garden");
  writePreviewFiles(folder);
  await ana.shareFolder(folder);
  await ben.openCollection("Garden", 17);
  const previews = createPreviews(ben.page);
  await previews.openFirst();
  await drawsPicture(previews.dialog, ben.page);
  await previews.walkTo("07 film.webm");
  await plays(previews.dialog, ben.page, "video");

  await ana.close();
  await previews.walkTo("09 minutes.pdf");
  await expect(previews.dialog).toContainText("Waiting for");
  await expect(previews.dialog).toContainText("Ana");

  await ana.start();
  await drawsPage(previews.dialog, ben.page);
  await previews.close();
});

test("a picture of a post opens in the same window", async ({
  startApp,
  makeFolder,
}) => {
  const path = join(makeFolder("pictures"), "pond.png");
  writePicture(path);
  const ana = await startApp("Ana");
  await ana.onboard();
  await ana.post("The pond", { picture: { path, alt: "A green pond" } });
  await ana.picture("A green pond").click();
  const { dialog, close } = createPreviews(ana.page);
  await expect(dialog.getByRole("img", { name: "A green pond" })).toBeVisible();
  await close();
  await expect(ana.picture("A green pond")).toBeFocused();
});

test("words are found in a document, page by page", async ({
  startApp,
  makeFolder,
}) => {
  const folder = join(makeFolder("shared"), "Garden");
  writePreviewFiles(folder);
  const ana = await startApp("Ana");
  const { dialog, walkTo, close } = await shareAndOpen(ana, folder);
  await walkTo("09 minutes.pdf");
  await drawsPage(dialog, ana.page);
  await ana.page.keyboard.press("Control+f");
  const field = dialog.getByRole("textbox", { name: "Find in this document" });
  await field.fill("PAGE 27");
  await expect(dialog).toContainText("On 1 page");
  await field.press("Enter");
  await expect(dialog.getByRole("textbox", { name: /^Page/ })).toHaveValue(
    "27",
  );
  await expect(dialog.locator(".pdf__found")).toHaveText("Minutes, page 27");
  await field.press("Escape");
  await expect(field).toBeHidden();
  // The keys are the next file's, not those of a button that happened to be near.
  await walkTo("10 ring.stl");
  await expect(dialog.getByRole("img", { name: /^3D model/ })).toBeFocused();
  await close();
});

test("axe finds nothing in any preview, in light and dark", async ({
  startApp,
  makeFolder,
}) => {
  const folder = join(makeFolder("shared"), "Garden");
  writePreviewFiles(folder);
  const ana = await startApp("Ana");
  const previews = await shareAndOpen(ana, folder);
  await previews.close();
  const found: Record<string, readonly string[]> = {};
  for (const theme of ["light", "dark"] as const) {
    await ana.page.emulateMedia({ colorScheme: theme });
    await ana.go("Files");
    await ana.page.getByRole("link", { name: "Garden" }).click();
    await previews.openFirst();
    await ana.page.keyboard.press("Alt+Enter");
    for (const [name] of KINDS) {
      await previews.walkTo(name);
      await expect(previews.dialog.locator(".preview__reading")).toBeHidden();
      const problems = await accessibilityProblems(ana.page);
      if (problems.length > 0) found[`${name}, ${theme}`] = problems;
    }
    await previews.close();
  }
  expect(found).toEqual({});
});
