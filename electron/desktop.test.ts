import { expect, test } from "vitest";
import { createDesktop } from "./desktop.ts";

function openDesktop(picked: string[], problem = "") {
  const calls: string[] = [];
  const desktop = createDesktop({
    dialog: {
      showOpenDialog: (...args: unknown[]) => {
        calls.push(JSON.stringify(args.at(-1)));
        return Promise.resolve({
          canceled: picked.length === 0,
          filePaths: picked,
        });
      },
    },
    shell: {
      openPath: (path) => {
        calls.push(`open ${path}`);
        return Promise.resolve(problem);
      },
      showItemInFolder: (path) => {
        calls.push(`show ${path}`);
      },
    },
    window: () => null,
  });
  return { desktop, calls };
}

test("folders and files are picked with the desktop's own dialog", async () => {
  const { desktop, calls } = openDesktop(["/a", "/b"]);
  expect(await desktop.pick("folder")).toEqual(["/a", "/b"]);
  expect(await desktop.pick("files")).toEqual(["/a", "/b"]);
  expect(calls).toEqual([
    '{"properties":["openDirectory","createDirectory"]}',
    '{"properties":["openFile","multiSelections"]}',
  ]);
  expect(await openDesktop([]).desktop.pick("files")).toEqual([]);
});

test("a document is opened, a program is only shown", async () => {
  const { desktop, calls } = openDesktop([]);
  await desktop.open("/d/letter.pdf");
  await desktop.open("/d/letter.pdf.exe");
  await desktop.open("/d/run.sh");
  desktop.show("/d/letter.pdf");
  expect(calls).toEqual([
    "open /d/letter.pdf",
    "show /d/letter.pdf.exe",
    "show /d/run.sh",
    "show /d/letter.pdf",
  ]);
});

test("a document without an app for it is shown in its folder", async () => {
  const { desktop, calls } = openDesktop([], "no application");
  await desktop.open("/d/a.stl");
  expect(calls).toEqual(["open /d/a.stl", "show /d/a.stl"]);
});
