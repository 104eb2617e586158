import { expect, test } from "vitest";
import { CoreError } from "#core/contract/errors.ts";
import type { FileSource, OpenFile } from "#core/core-port.ts";
import { oneFile, openHost } from "#core/testing/host-fixture.ts";
import { openLoneCore } from "#core/testing/lone-core.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { answerFile } from "./file-answer.ts";

const ROOT = "y".repeat(52);
const signal = new AbortController().signal;

/** A file whose bytes end in the middle, because whoever had them is gone. */
function vanishing(after: number): FileSource {
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < after; at++)
      yield await Promise.resolve(Uint8Array.of(at));
    throw new CoreError("file-away", {});
  }
  const open: OpenFile = {
    size: 9,
    mediaType: "video/mp4",
    start: 0,
    end: 9,
    stream: stream(),
  };
  return { open: () => Promise.resolve(open) };
}

test("a range is answered as one, with nothing guessed and nothing run", async () => {
  const { files } = oneFile(ROOT, 1000, "video/mp4");
  const { status, headers } = await answerFile(
    files,
    { root: ROOT, name: "a.mp4", range: "bytes=10-19" },
    signal,
  );
  expect(status).toBe(206);
  expect(headers).toMatchObject({
    "Content-Range": "bytes 10-19/1000",
    "Content-Length": "10",
    "Content-Type": "video/mp4",
    "Accept-Ranges": "bytes",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
  });
});

test("a file that nobody in reach has says so before any byte", async () => {
  const answer = await answerFile(
    vanishing(0),
    { root: ROOT, name: "", range: undefined },
    signal,
  );
  expect(answer).toMatchObject({ status: 503, body: null });
  expect(answer.headers).toMatchObject({
    "X-Problem": "file-away",
    "Retry-After": "5",
  });
});

test("a file that has no room here says so", async () => {
  const full: FileSource = {
    open: () => Promise.reject(new CoreError("disk-full", {})),
  };
  const question = { root: ROOT, name: "", range: undefined };
  const answer = await answerFile(full, question, signal);
  expect(answer).toMatchObject({ status: 507, body: null });
  expect(answer.headers).toMatchObject({ "X-Problem": "disk-full" });
});

test("while the app opens or closes, a file is away and not unknown", async () => {
  const core = await openLoneCore(await tempFolder());
  const question = { root: ROOT, name: "", range: undefined };
  const answer = await answerFile(core.files, question, signal);
  expect(answer).toMatchObject({ status: 503, body: null });
  await core.close();
});

test("a source that vanishes midway breaks the answer off, and is no bug of ours", async () => {
  const page = await openHost(vanishing(3));
  const { path, cookie } = await page.openSession();
  const broken = page.ask(`${path}${ROOT}`, { headers: { Cookie: cookie } });
  await expect(broken).rejects.toThrow();
  expect(page.bugs).toEqual([]);
  await page.close();
});
