import type { PreviewFile } from "./preview-file.ts";

type Named = Pick<PreviewFile, "name" | "place">;

function folderOf({ place }: Named): string {
  return place === null
    ? ""
    : place.path.slice(0, place.path.lastIndexOf("/") + 1);
}

/** How many languages one film brings along. */
const MOST = 8;

/** Captions of a film: `film.vtt`, `film.srt`, `film.de.vtt`, in its own folder. */
export function captionFiles<File extends Named>(
  film: Named,
  beside: readonly File[],
): readonly { readonly file: File; readonly label: string }[] {
  const stem = film.name.replace(/\.[^.]*$/u, "").toLowerCase();
  return beside
    .flatMap((file) => {
      const name = file.name.toLowerCase();
      const rest =
        /^((?:\.[a-z]{2,3}(?:-[a-z0-9]{2,8})*)?)\.(?:vtt|srt)$/u.exec(
          name.startsWith(stem) ? name.slice(stem.length) : "",
        );
      return rest === null || folderOf(file) !== folderOf(film)
        ? []
        : [{ file, label: (rest[1] ?? "").slice(1) }];
    })
    .slice(0, MOST);
}
