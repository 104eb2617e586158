// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { ana } from "#renderer/testing/fake-people.ts";
import { fakePost } from "#renderer/testing/fake-posts.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { firstDay, worldStore } from "#renderer/testing/fake-world.ts";
import { act, draw, type Drawn } from "#renderer/testing/render.tsx";
import { HomeScreen } from "./home-screen.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

async function home() {
  const world = firstDay();
  const shell = fakeShell(
    worldStore({ ...world, settings: { ...world.settings, undoMs: 60_000 } }),
  );
  const page = await draw(shell, <HomeScreen />);
  drawn = page;
  const box = () => {
    const found = page.find("textarea");
    return found instanceof HTMLTextAreaElement ? found.value : "";
  };
  return { shell, page, box };
}

test("Ctrl+Enter posts, the box empties, and Undo puts the text back into it", async () => {
  const { shell, page, box } = await home();
  await page.write("textarea", "The pond drawing turned up.");
  await page.key("textarea", { key: "Enter", ctrlKey: true });
  await vi.waitFor(() => expect(shell.store.get().held).toHaveLength(1));
  await vi.waitFor(() => expect(box()).toBe(""));
  await page.press("button", "Undo");
  await vi.waitFor(() => expect(box()).toBe("The pond drawing turned up."));
  expect(shell.store.get().held).toHaveLength(0);
});

test("a refused post keeps the text in the box and says what happened", async () => {
  const { page, box } = await home();
  await page.write("textarea", "disk full");
  await page.press("button", "Post");
  await vi.waitFor(() =>
    expect(page.find("[role=alert]")?.textContent).toContain(
      "this disk is full",
    ),
  );
  expect(box()).toBe("disk full");
});

test("what is being written is saved as a draft within half a second, and found again", async () => {
  const { shell, page, box } = await home();
  await page.write("textarea", "half a thought");
  await vi.waitFor(
    () => expect(shell.store.get().drafts["home"]?.text).toBe("half a thought"),
    {
      timeout: 600,
    },
  );
  await page.close();
  drawn = await draw(shell, <HomeScreen />);
  await vi.waitFor(() => expect(box()).toBe("half a thought"));
});

test("leaving the screen saves what was just written", async () => {
  const { shell, page } = await home();
  await page.write("textarea", "in a hurry");
  await page.close();
  drawn = null;
  await vi.waitFor(
    () => expect(shell.store.get().drafts["home"]?.text).toBe("in a hurry"),
    {
      timeout: 100,
    },
  );
});

test("posts that arrive while a post holds the focus wait in a pill", async () => {
  const { shell, page } = await home();
  const arrive = (text: string) =>
    act(async () => {
      shell.store.set((world) => ({
        posts: [fakePost(ana, 10, text), ...world.posts],
      }));
      await Promise.resolve();
    });
  await arrive("first");
  await vi.waitFor(() => expect(page.find("[role=feed]")).not.toBeNull());
  const feed = page.find("[role=feed]");
  feed?.setAttribute("tabindex", "-1");
  await act(async () => {
    feed?.focus();
    await Promise.resolve();
  });
  await arrive("second");
  await vi.waitFor(() =>
    expect(page.find("button", "1 new post")).not.toBeNull(),
  );
  await page.press("button", "1 new post");
  await vi.waitFor(() => expect(page.find("button", "1 new post")).toBeNull());
});
