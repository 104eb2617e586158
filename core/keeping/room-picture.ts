import type { FileKind } from "#core/contract/keeping-models.ts";
import { FILE_KINDS } from "#core/contract/keeping-models.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import { typeOfName } from "#core/naming/media-type.ts";
import { fileKind } from "./file-kind.ts";

/** Files of one collection whose names end alike. */
export interface PlacedSum {
  readonly space: SpaceId;
  /** Without its dot. */
  readonly ending: string;
  readonly files: number;
  readonly bytes: number;
}

interface Sum {
  files: number;
  bytes: number;
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
export function roomPicture(sums: readonly PlacedSum[]): RoomPicture {
  const spaces = new Map<SpaceId, Sum>();
  const kinds = new Map<FileKind, Sum>();
  for (const { space, ending, files, bytes } of sums) {
    const kind = fileKind(typeOfName(`.${ending}`));
    for (const sum of [of(spaces, space), of(kinds, kind)]) {
      sum.files += files;
      sum.bytes += bytes;
    }
  }
  return {
    spaces,
    kinds: FILE_KINDS.flatMap((kind) => {
      const sum = kinds.get(kind);
      return sum === undefined ? [] : { kind, ...sum };
    }).sort((a, b) => b.bytes - a.bytes),
  };
}

function of<Key>(sums: Map<Key, Sum>, key: Key): Sum {
  const sum = sums.get(key) ?? { files: 0, bytes: 0 };
  sums.set(key, sum);
  return sum;
}
