import type {
  CollectionItem,
  CollectionRow,
} from "#core/contract/collection-models.ts";
import { fileRoot, spaceId } from "./fake-ids.ts";
import { ana } from "./fake-people.ts";
import { notKept } from "./fake-room.ts";
import { onlySeen } from "./fake-versions.ts";

const FILES = 100_000;
const DAY = 24 * 3_600_000;
/** Different small pictures; each file has a root of its own all the same. */
const SCENES = 12;

/** A collection as large as they come, every file with a small picture. */
export const manyFiles = spaceId("Hundred thousand pictures");

export function fakeManyCollection(now: number): CollectionRow {
  return {
    collection: manyFiles,
    title: "Hundred thousand pictures",
    about: "",
    owner: ana,
    mine: false,
    audience: null,
    files: FILES,
    bytes: FILES * 2_400_000,
    filesHere: FILES / 2,
    bytesHere: FILES * 1_200_000,
    changedAt: now - DAY,
    folderMissing: false,
    folderName: null,
    watch: null,
    copies: null,
    ...notKept,
    ...onlySeen,
  };
}

/** A window of it, made when somebody looks. */
export function fakeManyItems(now: number, first: number, count: number) {
  const end = Math.min(FILES, first + count);
  const items: CollectionItem[] = [];
  for (let place = first; place < end; place++) {
    const name = `Picture ${String(place + 1).padStart(6, "0")}.jpg`;
    items.push({
      kind: "file",
      path: name,
      name,
      savedAs: null,
      size: 1_800_000 + ((place * 7_919) % 1_200_000),
      changedAt: now - (place % 900) * DAY,
      mediaType: "image/jpeg",
      root: fileRoot(name),
      look: {
        width: 4_000,
        height: 3_000,
        durationMs: null,
        picture: { root: fileRoot(`small ${name}`), size: 9_000 },
      },
      changedBy: ana,
      clash: null,
      kept: false,
      state:
        place % 2 === 0
          ? { stage: "here" }
          : {
              stage: "away",
              holders: [ana],
              unnamed: 0,
              isShown: true,
              isLooking: false,
              absent: [],
            },
    });
  }
  return { first, total: FILES, items };
}

const drawn = new Map<number, string>();

/** The address of a small picture, as the page checks them: a real JPEG. */
export function fakeSmallPicture(root: string): string {
  let scene = 0;
  for (const letter of root)
    scene = (scene * 31 + (letter.codePointAt(0) ?? 0)) % SCENES;
  const known = drawn.get(scene);
  if (known !== undefined) return known;
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 240;
  const brush = canvas.getContext("2d");
  if (brush === null) return "";
  for (let step = 0; step < 400; step++) {
    brush.fillStyle = `hsl(${String((scene * 30 + step) % 360)} 45% ${String(30 + (step % 50))}%)`;
    brush.fillRect((step * 37) % 320, (step * 53) % 240, 60, 44);
  }
  const address = canvas.toDataURL("image/jpeg", 0.7);
  drawn.set(scene, address);
  return address;
}
