// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { firstDay, worldStore } from "#renderer/testing/fake-world.ts";
import { act, drawApp, type Drawn } from "#renderer/testing/render.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

async function opened(link: string) {
  const shell = fakeShell(worldStore(firstDay()));
  const call = vi.spyOn(shell.client, "call");
  drawn = await drawApp(shell);
  await act(async () => {
    shell.deliver(link);
    await Promise.resolve();
  });
  const asked = () => call.mock.calls.map(([method]) => method);
  return { page: drawn, asked };
}

test("IN6: a link the app is opened with shows who it says it is from, and acts only on Connect", async () => {
  const { page, asked } = await opened(
    "commonplace:invite8nnhk3fd5jgxaotw7pj6zk9dms4cie3h8y",
  );
  await vi.waitFor(() =>
    expect(page.page.textContent).toContain(
      "This invite says it is from Lotte",
    ),
  );
  expect(asked()).not.toContain("openLink");
  await page.press("button", "Connect");
  await vi.waitFor(() =>
    expect(page.page.textContent).toContain("request waits for"),
  );
  expect(asked()).toContain("openLink");
});

test("IN6: Not now goes back and asks for nothing", async () => {
  const { page, asked } = await opened(
    "commonplace:invite8nnhk3fd5jgxaotw7pj6zk9dms4cie3h8y",
  );
  await vi.waitFor(() => expect(page.find("button", "Not now")).not.toBeNull());
  await page.press("button", "Not now");
  expect(asked()).not.toContain("openLink");
});

test("a text that is no invite is told in one sentence", async () => {
  const { page } = await opened("https://example.org");
  await vi.waitFor(() =>
    expect(page.page.textContent).toContain("This is not a Commonplace link."),
  );
});

test("a text longer than any link is told without asking the core", async () => {
  const { page, asked } = await opened(`commonplace:${"y".repeat(3073)}`);
  await vi.waitFor(() =>
    expect(page.page.textContent).toContain("This is not a Commonplace link."),
  );
  expect(asked()).not.toContain("readLink");
});
