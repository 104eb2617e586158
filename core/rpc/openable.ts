/**
 * Endings of files that only show something. Everything else (programs,
 * scripts, shortcuts, installers, and whatever we do not know) is shown in its
 * folder and never opened: a received file must not run by a click in the app.
 */
const OPENABLE: ReadonlySet<string> = new Set(
  [
    "txt md csv tsv log json xml srt vtt",
    "pdf epub djvu mobi",
    "png jpg jpeg gif webp avif bmp tif tiff heic heif svg ico raw dng",
    "mp3 m4a aac ogg oga opus wav flac mid midi",
    "mp4 m4v webm ogv mov mkv avi mpg mpeg",
    "odt ods odp odg rtf docx xlsx pptx",
    "stl obj 3mf step stp gltf glb dxf dwg",
    "zip 7z tar gz bz2 xz",
  ]
    .join(" ")
    .split(" "),
);

/** Whether a file may be opened in its own app, by its name alone. */
export function isOpenable(path: string): boolean {
  const name = path.split(/[/\\]/).at(-1) ?? "";
  const at = name.lastIndexOf(".");
  return at > 0 && OPENABLE.has(name.slice(at + 1).toLowerCase());
}
