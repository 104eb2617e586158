// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { act, drawApp, type Drawn } from "#renderer/testing/render.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

const FILES = [
  new File(["minutes"], "Minutes.txt"),
  new File(["a plan"], "Plan.txt"),
];

/** The whole app, with these files dropped on the window at a place that has no use for them. */
async function dropped(
  files: readonly File[],
  folders: readonly string[] = [],
) {
  const store = worldStore(fullWorld());
  const shell = fakeShell(store);
  const it = await drawApp({
    ...shell,
    grant: async (file) => {
      const grant = await shell.grant(file);
      // A folder has no size of its own.
      return grant === null || !folders.includes(file.name)
        ? grant
        : { ...grant, size: null };
    },
  });
  drawn = it;
  await it.key("body", { key: ",", ctrlKey: true });
  await drop(files);
  return { it, store };
}

async function drop(files: readonly File[]): Promise<void> {
  const event = new Event("drop", { bubbles: true, cancelable: true });
  Object.assign(event, {
    dataTransfer: { files, types: ["Files"], getData: () => "" },
  });
  await act(async () => {
    window.dispatchEvent(event);
    await Promise.resolve();
  });
  await settle();
}

/** Lets what was handed over be answered, and drawn. */
const settle = () =>
  act(async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  });

const ways = () =>
  [...document.querySelectorAll(".hand-over__way")].map((way) => ({
    words: way.querySelector(".hand-over__what")?.textContent,
    on: !way.hasAttribute("data-disabled"),
  }));

test("files dropped where nothing takes them can be posted, shared or added to a collection", async () => {
  const { it } = await dropped(FILES);
  expect(document.body.textContent).toContain("What should happen with this?");
  expect(document.querySelector(".handed")?.textContent).toContain(
    "Minutes.txt",
  );
  expect(ways()).toEqual([
    { words: "Post", on: true },
    { words: "Share with…", on: true },
    { words: "Add to a collection…", on: true },
  ]);
  await it.press("button.hand-over__way:first-of-type");
  expect(document.querySelector("h1")?.textContent).toBe("Home");
  await settle();
  expect(it.page.textContent).toContain("Minutes.txt");
  expect(it.page.textContent).toContain("Plan.txt");
});

test("a folder is counted and can be shared or copied, but not posted", async () => {
  const { it } = await dropped([new File([], "Garden")], ["Garden"]);
  expect(document.querySelector(".handed")?.textContent).toMatch(
    /Garden.*files/u,
  );
  expect(ways()).toEqual([
    { words: "Post", on: false },
    { words: "Share with…", on: true },
    { words: "Add to a collection…", on: true },
  ]);
  await it.press("button.hand-over__way:last-of-type");
  await it.press("ul[aria-label='Your collections'] button");
  expect(document.body.textContent).toContain("Copy into the folder?");
  expect(document.body.textContent).toContain("Leave out hidden files");
  await it.press("button", "Copy into the folder");
  expect(document.querySelector("h1")?.textContent).toContain("Garden papers");
});

test("what is dropped while a window asks something is left alone", async () => {
  const { it } = await dropped(FILES);
  await it.press("button[aria-label='Close']");
  await it.key("body", { key: "N", ctrlKey: true, shiftKey: true });
  expect(document.querySelectorAll(".modal")).toHaveLength(1);
  await drop(FILES);
  expect(document.body.textContent).not.toContain(
    "What should happen with this?",
  );
});

test("one file that is dropped on Files is handed over once", async () => {
  const shell = fakeShell(worldStore(fullWorld()));
  const asked: string[] = [];
  drawn = await drawApp({
    ...shell,
    grant: (file) => {
      asked.push(file.name);
      return shell.grant(file);
    },
  });
  await drawn.key("body", { key: "3", ctrlKey: true });
  await settle();
  expect(document.querySelector("h1")?.textContent).toBe("Files");
  await drop(FILES.slice(0, 1));
  expect(document.body.textContent).toContain("What should happen with this?");
  expect(document.querySelector(".handed")?.textContent).toContain(
    "Minutes.txt",
  );
  expect(asked).toEqual(["Minutes.txt"]);
});
