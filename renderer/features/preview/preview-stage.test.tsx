// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import type { FileStage } from "#core/contract/collection-models.ts";
import { fileRoot, nextTransferId } from "#renderer/testing/fake-ids.ts";
import { ana, ben } from "#renderer/testing/fake-people.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { act, draw, type Drawn } from "#renderer/testing/render.tsx";
import { PreviewStage } from "./preview-stage.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
  vi.unstubAllGlobals();
});

/** One of each kind that reads bytes through the page; documents are read in a thread, and tested there. */
const KINDS = [
  "a.png",
  "a.svg",
  "a.txt",
  "a.md",
  "a.srt",
  "a.csv",
  "a.flac",
  "a.webm",
  "a.stl",
  "a.zip",
] as const;

const close = vi.fn<() => void>();

async function stage(name: string, status: number, state: FileStage | null) {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status })));
  drawn = await draw(
    fakeShell(worldStore(fullWorld())),
    <PreviewStage
      file={{
        key: name,
        name,
        size: 1_000,
        mediaType: "application/octet-stream",
        root: fileRoot(name),
        alt: "",
        changedAt: null,
        isHere: false,
        state,
        from: ana,
        place: null,
      }}
      beside={[]}
      actions={{
        openElsewhere: null,
        showInFolder: null,
        download: null,
        save: null,
        close,
      }}
    />,
  );
  const { page } = drawn;
  await vi.waitFor(async () => {
    await act(async () => Promise.resolve());
    expect(page.querySelector(".empty__title")).not.toBeNull();
  });
  return (page.textContent ?? "").replace(/[\u2068\u2069]/gu, "");
}

test.each(KINDS)(
  "%s says for whom it waits, and that there is no room",
  async (name) => {
    expect(await stage(name, 503, null)).toContain("Waiting for Ana Torres");
    await drawn?.close();
    const full = await stage(name, 507, null);
    expect(full).toContain("Waiting for room on this computer");
    await drawn?.press("button", "Make room");
    expect(close).toHaveBeenCalled();
  },
);

test("who is waited for is whoever was seen to have it; damage is told as damage", async () => {
  const waiting = {
    stage: "waiting",
    for: "people",
    done: 0,
    people: [ben],
    by: { transfer: nextTransferId(), files: 1 },
  } as const;
  expect(await stage("a.txt", 503, waiting)).toContain(
    "Waiting for Ben Okafor",
  );
  await drawn?.close();
  const damaged = {
    stage: "damaged",
    isComing: true,
    isMine: false,
    from: [ben],
  } as const;
  expect(await stage("a.txt", 503, damaged)).toContain(
    "A part is damaged. Getting it again from Ben Okafor",
  );
});
