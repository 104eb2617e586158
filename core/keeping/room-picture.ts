import type { FileKind } from "#core/contract/keeping-models.ts";
import { FILE_KINDS } from "#core/contract/keeping-models.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import { typeOfName } from "#core/files/media-type.ts";
import { fileKind } from "./file-kind.ts";
import type { KeepMarks } from "./keep-marks.ts";
import type { PlacedFile } from "./model.ts";

interface Sum {
  files: number;
  bytes: number;
  kept: number;
}

export interface RoomPicture {
  readonly spaces: ReadonlyMap<SpaceId, Readonly<Sum>>;
  /** Largest first; without what nothing is of. */
  readonly kinds: readonly {
    readonly kind: FileKind;
    readonly files: number;
    readonly bytes: number;
  }[];
}

/** Sums up what takes the room. */
export function roomPicture(
  files: readonly PlacedFile[],
  marks: KeepMarks,
): RoomPicture {
  const spaces = new Map<SpaceId, Sum>();
  const kinds = new Map<FileKind, Sum>();
  for (const { space, path, size } of files) {
    const kind = fileKind(typeOfName(path));
    for (const sum of [of(spaces, space), of(kinds, kind)]) {
      sum.files++;
      sum.bytes += size;
      if (marks.isKept(space, path)) sum.kept += size;
    }
  }
  return {
    spaces,
    kinds: FILE_KINDS.flatMap((kind) => {
      const sum = kinds.get(kind);
      return sum === undefined
        ? []
        : { kind, files: sum.files, bytes: sum.bytes };
    }).sort((a, b) => b.bytes - a.bytes),
  };
}

function of<Key>(sums: Map<Key, Sum>, key: Key): Sum {
  const sum = sums.get(key) ?? { files: 0, bytes: 0, kept: 0 };
  sums.set(key, sum);
  return sum;
}
