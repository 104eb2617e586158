import {
  endingOf,
  previewKind,
  type PreviewKind,
} from "#renderer/parts/media/preview-kind.ts";

const WORDS: Readonly<Record<Exclude<PreviewKind, "other">, string>> = {
  picture: "Picture",
  drawing: "Drawing",
  sound: "Sound",
  film: "Video",
  text: "Text",
  markdown: "Text with formatting",
  captions: "Captions",
  table: "Table",
  pdf: "PDF document",
  model: "3D model",
  archive: "Zip archive",
};

/** "Picture, JPG"; "XYZ file" for what the app does not know. */
export function kindWords(file: {
  readonly name: string;
  readonly mediaType: string;
}): string {
  const kind = previewKind(file.name, file.mediaType);
  const ending = endingOf(file.name).toUpperCase();
  const isPlain = /^[A-Z0-9]{1,8}$/u.test(ending);
  if (kind === "other") return isPlain ? `${ending} file` : "File";
  return isPlain && kind !== "pdf" ? `${WORDS[kind]}, ${ending}` : WORDS[kind];
}
