import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "@playwright/test";
import type { Page } from "@playwright/test";
import { parse, number, object } from "valibot";
import { build } from "vite";
import { findChromium } from "../scripts/chromium.mjs";
import { PLAIN_PAGE, scrollScript } from "./scroll-page.ts";
import type { Frames } from "./scroll-page.ts";
import type { Result } from "./statistics.ts";

const SCROLL_MS = 5_000;
/** Three rows of a list at 60 frames a second: as fast as anybody reads names. */
const STEP_PX = 48;
const GOAL = "goal 60 frames/s";

const framesSchema = object({
  rate: number(),
  longestMs: number(),
  blank: number(),
});
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};

/** The real interface over a collection of 100,000 files, scrolled as a list and as pictures. */
export async function measureScroll(
  folder: string,
): Promise<readonly Result[]> {
  const executablePath = await findChromium();
  if (executablePath === null)
    return [{ what: "scrolling", figure: "no Chromium", beside: null }];
  const pages = join(folder, "gallery");
  await buildGallery(pages);
  const { server, address } = await serveFolder(pages);
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1400, height: 900 },
    });
    const results: Result[] = [];
    for (const view of ["list", "grid"]) {
      await page.goto(`${address}/plain.html`);
      const plain = await scrolled(page, "#list");
      await page.evaluate(
        `localStorage.setItem("commonplace-files-view", "${view}")`,
      );
      await page.goto(`${address}/testing/gallery.html?world=many&at=many`);
      await page.waitForSelector("[data-index='3']");
      const ours = await scrolled(page, "[data-screen]");
      results.push({
        what: `scrolling 100,000 files, ${view === "list" ? "as a list" : "as pictures"} (${GOAL})`,
        figure: words(ours),
        beside: `a page of 5,000 plain rows ${words(plain)}`,
      });
    }
    return results;
  } finally {
    await browser.close();
    server.close();
  }
}

async function scrolled(page: Page, selector: string): Promise<Frames> {
  return parse(
    framesSchema,
    await page.evaluate(scrollScript(selector, STEP_PX, SCROLL_MS)),
  );
}

function words({ rate, longestMs, blank }: Frames): string {
  const empty =
    blank === 0
      ? ""
      : `, ${(blank * 100).toFixed(0)} % with rows that were not there yet`;
  return `${rate.toFixed(1)} frames/s, longest ${longestMs.toFixed(0)} ms${empty}`;
}

/** The gallery as it would be shipped, were it. */
async function buildGallery(outDir: string): Promise<void> {
  await build({
    configFile: "renderer/vite.config.ts",
    logLevel: "error",
    build: {
      outDir,
      rolldownOptions: { input: "renderer/testing/gallery.html" },
    },
  });
}

async function serveFolder(
  folder: string,
): Promise<{ readonly server: Server; readonly address: string }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const type = TYPES[extname(pathname)] ?? "application/octet-stream";
    const file =
      pathname === "/plain.html"
        ? Promise.resolve(PLAIN_PAGE)
        : readFile(join(folder, normalize(pathname)));
    file.then(
      (body) => response.writeHead(200, { "Content-Type": type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const at = server.address();
  if (at === null || typeof at === "string") throw new Error("no port");
  return { server, address: `http://127.0.0.1:${String(at.port)}` };
}
