/** How a file is shown in the window. */
export type PreviewKind =
  | "picture"
  | "drawing"
  | "sound"
  | "film"
  | "text"
  | "markdown"
  | "captions"
  | "table"
  | "pdf"
  | "model"
  | "archive"
  | "other";

const BY_TYPE: readonly (readonly [RegExp, PreviewKind])[] = [
  [/^image\/(?:png|jpeg|gif|webp|avif|bmp)$/u, "picture"],
  [/^image\/svg\+xml$/u, "drawing"],
  [/^audio\/(?:mpeg|mp4|aac|ogg|opus|flac|wav|x-wav|webm)$/u, "sound"],
  // What a container holds shows when it is tried.
  [/^video\/(?:mp4|webm|ogg|quicktime|x-matroska)$/u, "film"],
  [/^application\/pdf$/u, "pdf"],
  [/^model\/(?:stl|gltf-binary|gltf\+json)$/u, "model"],
  [/^application\/zip$/u, "archive"],
  [/^text\/markdown$/u, "markdown"],
  [/^text\/(?:csv|tab-separated-values)$/u, "table"],
  // Pages are read as what was written, never as pages.
  [/^text\/|^application\/(?:json|xml)$/u, "text"],
];

const BY_ENDING: Readonly<Record<string, PreviewKind>> = {
  ...endings("picture", "png,jpg,jpeg,jfif,gif,webp,avif,bmp"),
  ...endings("drawing", "svg"),
  ...endings("sound", "mp3,m4a,aac,ogg,oga,opus,flac,wav"),
  ...endings("film", "mp4,m4v,webm,ogv,mov,mkv"),
  ...endings("markdown", "md,markdown"),
  ...endings("captions", "vtt,srt"),
  ...endings("table", "csv,tsv"),
  ...endings("pdf", "pdf"),
  ...endings("model", "stl,glb,gltf"),
  ...endings("archive", "zip"),
  ...endings(
    "text",
    "txt,text,log,json,jsonl,xml,html,htm,xhtml,css,scss,js,mjs,cjs,ts,tsx,jsx,py,rb,rs,go,c,h,cpp,hpp,cs,java,kt,swift,php,pl,lua,sh,bash,zsh,fish,bat,ps1,sql,yaml,yml,toml,ini,cfg,conf,tex,bib,diff,patch,ics,vcf,gpx,geojson,po,rst,org,adoc",
  ),
};

function endings(
  kind: PreviewKind,
  list: string,
): Readonly<Record<string, PreviewKind>> {
  return Object.fromEntries(list.split(",").map((ending) => [ending, kind]));
}

/** The last ending of a name, in small letters; empty when there is none. */
export function endingOf(name: string): string {
  const at = name.lastIndexOf(".");
  return at <= 0 || at === name.length - 1
    ? ""
    : name.slice(at + 1).toLowerCase();
}

/**
 * How a file is shown, by its type and, where that says nothing, by its ending.
 * Both are claims: whatever reads the bytes expects the worst of them.
 */
export function previewKind(name: string, mediaType: string): PreviewKind {
  const ending = endingOf(name);
  const named = Object.hasOwn(BY_ENDING, ending)
    ? BY_ENDING[ending]
    : undefined;
  // Captions and tables are text to the core, more to a person.
  if (named === "captions" || named === "table") return named;
  const typed = BY_TYPE.find(([type]) => type.test(mediaType))?.[1];
  return typed ?? named ?? "other";
}
