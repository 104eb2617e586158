import type { SpaceId } from "#core/contract/ids.ts";
import type { FreeRefusal } from "#core/contract/keeping-models.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { lookAt, placeOf } from "./aside.ts";
import type { KeepMarks } from "./keep-marks.ts";
import type { OtherCopies, OtherHolders, PlacedFile } from "./model.ts";

/** A file that was not freed, and why. */
export interface Refused {
  readonly path: string;
  readonly size: number;
  readonly reason: FreeRefusal;
  readonly lastHad: OtherCopies["lastHad"];
}

export type Refuse = (
  file: PlacedFile,
  reason: FreeRefusal,
  lastHad?: OtherCopies["lastHad"],
) => void;

export interface MayGoParts {
  readonly holdings: Holdings;
  readonly marks: KeepMarks;
  readonly otherHolders: OtherHolders;
  readonly isMine: (file: PlacedFile) => boolean;
}

/** Which files of a collection may be freed, and which are gone from the disk already (FI6); the rest is refused. */
export async function mayGo(
  { holdings, marks, otherHolders, isMine }: MayGoParts,
  space: SpaceId,
  files: readonly PlacedFile[],
  insist: boolean,
  refuse: Refuse,
): Promise<{
  readonly may: readonly PlacedFile[];
  readonly gone: readonly PlacedFile[];
}> {
  const there: PlacedFile[] = [];
  const gone: PlacedFile[] = [];
  for (const file of files) {
    if (isMine(file)) {
      refuse(file, "yours");
      continue;
    }
    const seen = await lookAt(file);
    if (seen === "changed") refuse(file, "changed");
    else if (seen === "missing") gone.push(file);
    else if (!insist && marks.isKept(space, file.path)) refuse(file, "kept");
    else there.push(file);
  }
  const last = insist ? new Set<PlacedFile>() : await lastOnes(holdings, there);
  if (last.size === 0) return { may: there, gone };
  const ofLast = there.filter((file) => last.has(file));
  const others = await otherHolders(
    space,
    ofLast.map(({ root }) => root),
  );
  const may = there.filter((file) => {
    if (!last.has(file)) return true;
    const known = others.get(file.root);
    if (known !== undefined && known.holders.length > 0) return true;
    refuse(file, "only-copy", known?.lastHad ?? null);
    return false;
  });
  return { may, gone };
}

/** Files without which this computer would not have their content any more: one for each content. */
async function lastOnes(
  holdings: Holdings,
  files: readonly PlacedFile[],
): Promise<ReadonlySet<PlacedFile>> {
  const places = new Set(files.map(placeOf));
  const one = new Map(files.map((file) => [file.root, file]));
  const last = new Set<PlacedFile>();
  for (const [root, file] of one) {
    let isElsewhere = false;
    for (const other of holdings.find(root))
      if (
        !places.has(other.absolutePath) &&
        (await holdings.verifyFresh(other)) === "fresh"
      )
        isElsewhere = true;
    if (!isElsewhere) last.add(file);
  }
  return last;
}
