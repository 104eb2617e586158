import { expect, test, vi } from "vitest";
import type { ToCore } from "#core/rpc/shell-wire.ts";
import { createCoreLink } from "./core-link.ts";
import type { CoreLinkOptions } from "./core-link.ts";

function openLink(more: Partial<CoreLinkOptions> = {}) {
  const posted: ToCore[] = [];
  const calls: string[] = [];
  const link = createCoreLink({
    post: (message) => posted.push(message) > 0,
    keyring: {
      seal: (bytes) => Promise.resolve(bytes.map((byte) => byte + 1)),
      unseal: (bytes) => Promise.resolve(bytes.map((byte) => byte - 1)),
    },
    desktop: {
      pick: (what) => Promise.resolve([`/${what}`]),
      open: (path) => {
        calls.push(`open ${path}`);
        return Promise.resolve();
      },
      show: (path) => calls.push(`show ${path}`),
    },
    ...more,
  });
  return { link, posted, calls };
}

test("the core's questions are answered under their ids", async () => {
  const { link, posted, calls } = openLink();
  const bytes = Uint8Array.of(1, 2);
  link.receive({ kind: "ask", id: 1, ask: { what: "seal", bytes } });
  link.receive({ kind: "ask", id: 2, ask: { what: "unseal", bytes } });
  link.receive({ kind: "ask", id: 3, ask: { what: "pick", of: "files" } });
  link.receive({ kind: "ask", id: 4, ask: { what: "open", path: "/a" } });
  link.receive({ kind: "ask", id: 5, ask: { what: "show", path: "/b" } });
  await vi.waitFor(() => {
    expect(posted).toHaveLength(5);
  });
  expect(posted).toEqual(
    expect.arrayContaining([
      { kind: "told", id: 1, value: Uint8Array.of(2, 3) },
      { kind: "told", id: 2, value: Uint8Array.of(0, 1) },
      { kind: "told", id: 3, value: ["/files"] },
      { kind: "told", id: 4, value: null },
      { kind: "told", id: 5, value: null },
    ]),
  );
  expect(calls).toEqual(["open /a", "show /b"]);
});

test("what cannot be done is refused, with the reason", async () => {
  const { link, posted } = openLink({ keyring: null });
  const bytes = Uint8Array.of(1);
  link.receive({ kind: "ask", id: 7, ask: { what: "unseal", bytes } });
  await vi.waitFor(() => {
    expect(posted).toEqual([{ kind: "refused", id: 7, reason: "no keyring" }]);
  });
});

test("a dropped path becomes what the core answers", async () => {
  const { link, posted } = openLink();
  const granted = link.grant("/home/ana/a.txt");
  expect(posted).toEqual([{ kind: "grant", id: 1, path: "/home/ana/a.txt" }]);
  link.receive({ kind: "granted", id: 1, answer: { grant: "g" } });
  link.receive({ kind: "granted", id: 99, answer: null });
  expect(await granted).toEqual({ grant: "g" });
});

test("without a core a path is not granted", async () => {
  const { link } = openLink({ post: () => false });
  expect(await link.grant("/a")).toMatchObject({ code: "core-unavailable" });
});
