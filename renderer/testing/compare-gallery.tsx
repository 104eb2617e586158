import { ShellContext } from "#renderer/core/shell-context.ts";
import { Comparison } from "#renderer/parts/compare/comparison.tsx";
import type { ComparedFile } from "#renderer/parts/compare/compared-file.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { fileRoot } from "./fake-ids.ts";
import type { FakeShell } from "./fake-shell.ts";

const OLD = `Minutes of the garden association
19 November 2026

Present: Mira, Ana, Ben, Ingrid
Excused: Yusuf

1. The pond is cleaned on Saturday, 5 December, at ten.
2. The north fence costs 1,240 euros. Ben asks for a second offer.
3. The key of the tool shed hangs behind the second pot.
4. Bed 14 is free from January.
5. Compost is turned every second week.
6. The tap is closed before the frost.
7. Seeds are ordered together.
8. The bench needs paint.
9. Nobody burns leaves.
10. The next meeting is on 17 December.
`;

const NEW = `Minutes of the garden association
19 November 2026

Present: Mira, Ana, Ben, Ingrid, Kenji
Excused: Yusuf

1. The pond is cleaned on Sunday, 6 December, at eleven.
2. The north fence costs 1,180 euros. The offer is taken.
3. The key of the tool shed hangs behind the second pot.
4. Bed 14 is free from January.
5. Compost is turned every second week.
6. The tap is closed before the frost.
7. Seeds are ordered together.
8. The bench needs paint.
9. Nobody burns leaves.
10. The next meeting is on 17 December.
11. Kenji brings the ladder back.
`;

function compared(
  name: string,
  mediaType: string,
  size: number,
  label: string,
  hoursAgo: number,
): ComparedFile {
  return {
    file: { root: fileRoot(name + label), name, size, mediaType },
    label,
    changedAt: readClock() - hoursAgo * 3_600_000,
  };
}

const text = (words: string) =>
  URL.createObjectURL(new Blob([words], { type: "text/plain" }));

/** A green and a grey picture of the same place. */
function scene(hill: string, sun: number): string {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [900, 600];
  const pen = canvas.getContext("2d");
  if (pen === null) return "";
  pen.fillStyle = "#bcd3d8";
  pen.fillRect(0, 0, 900, 600);
  pen.fillStyle = "#f3d9b1";
  pen.beginPath();
  pen.arc(sun, 170, 70, 0, 7);
  pen.fill();
  pen.fillStyle = hill;
  pen.fillRect(0, 380, 900, 220);
  return canvas.toDataURL("image/png");
}

/** Comparisons by themselves, for looking at: `gallery.html?at=compare-text`, `-pictures`, `-facts`. */
export function CompareGallery(props: {
  readonly shell: FakeShell;
  readonly at: string;
}) {
  const { shell, at } = props;
  const kinds = {
    "compare-text": ["Minutes.txt", "text/plain", OLD.length] as const,
    "compare-pictures": ["Orchard.png", "image/png", 9_000] as const,
    "compare-facts": ["Budget.ods", "application/x-odd", 48_200] as const,
  };
  const [name, type, size] =
    at === "compare-text" || at === "compare-pictures"
      ? kinds[at]
      : kinds["compare-facts"];
  const before = compared(name, type, size, "You, 23 Nov, 14:05", 40);
  const after = compared(name, type, size + 40, "Ana, today, 9:12", 3);
  const addresses = new Map([
    [
      before.file.root,
      at === "compare-text" ? text(OLD) : scene("#5f7f5a", 250),
    ],
    [
      after.file.root,
      at === "compare-text" ? text(NEW) : scene("#7b5b4a", 560),
    ],
  ]);
  return (
    <ShellContext
      value={{
        ...shell,
        fileUrl: (root, file) =>
          addresses.get(root) ?? shell.fileUrl(root, file),
      }}
    >
      <main style={{ padding: 24, blockSize: "100%" }}>
        <h1 className="unseen">Two versions</h1>
        <Comparison before={before} after={after} />
      </main>
    </ShellContext>
  );
}
