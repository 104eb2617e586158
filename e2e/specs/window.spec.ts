import { once } from "node:events";
import { createServer } from "node:http";
import { expect, test } from "../harness/fixtures.ts";

/** Long enough for a page on this computer to be asked for, if anything would. */
const QUIET_MS = 1_500;

test("the page of the desktop app has no Node, opens no window and goes nowhere else", async ({
  startApp,
}) => {
  const { page } = await startApp("Ana");
  const elsewhere = createServer((_, response) => response.end("elsewhere"));
  elsewhere.listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
  const place = elsewhere.address();
  if (place === null || typeof place === "string") throw new Error("no port");
  const asked = once(elsewhere, "request").then(() => "asked");
  const quiet = once(AbortSignal.timeout(QUIET_MS), "abort").then(
    () => "quiet",
  );

  const found = await page.evaluate((address) => {
    const opened = window.open(address) !== null;
    location.href = address;
    const names = ["require", "process", "module", "Buffer"];
    return { node: names.filter((name) => name in window), opened };
  }, `http://127.0.0.1:${place.port}/`);

  expect(found).toEqual({ node: [], opened: false });
  expect(await Promise.race([asked, quiet])).toBe("quiet");
  elsewhere.close();
});
