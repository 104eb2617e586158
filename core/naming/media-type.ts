/** What is not known, or not what its name says. */
export const UNKNOWN_TYPE = "application/octet-stream";

/** Bytes of a file's beginning that tell its type. */
export const HEAD_BYTES = 64;

type Check = (head: Buffer) => boolean;

function begins(hex: string, offset = 0): Check {
  const bytes = Buffer.from(hex, "hex");
  return (head) => head.subarray(offset, offset + bytes.length).equals(bytes);
}

function both(one: Check, other: Check): Check {
  return (head) => one(head) && other(head);
}

/** ISO media: a box `ftyp` that names one of the brands. */
function brand(pattern: RegExp): Check {
  return (head) =>
    head.toString("latin1", 4, 8) === "ftyp" &&
    pattern.test(head.toString("latin1", 8, 32));
}

const RIFF = begins("52494646");
const isText: Check = (head) => !head.includes(0);
const isMp3: Check = (head) =>
  begins("494433")(head) ||
  (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2);
const isZip: Check = (head) =>
  begins("504b0304")(head) || begins("504b0506")(head);
const isEbml = begins("1a45dfa3");
const isOgg = begins("4f676753");

/**
 * The types the app knows: type, endings, how the bytes begin. The first ending
 * is the usual one. Office documents are zips or worse inside; they are known
 * by name, so that they open in their own app.
 */
const TYPES: readonly (readonly [string, readonly string[], Check])[] = [
  ["image/png", ["png"], begins("89504e470d0a1a0a")],
  ["image/jpeg", ["jpg", "jpeg", "jfif"], begins("ffd8ff")],
  ["image/gif", ["gif"], begins("47494638")],
  ["image/webp", ["webp"], both(RIFF, begins("57454250", 8))],
  ["image/avif", ["avif"], brand(/avi[fs]/)],
  ["image/heic", ["heic", "heif"], brand(/hei[cxfs]|mif1/)],
  ["image/bmp", ["bmp"], begins("424d")],
  [
    "image/tiff",
    ["tif", "tiff"],
    (head) => begins("49492a00")(head) || begins("4d4d002a")(head),
  ],
  ["image/svg+xml", ["svg"], isText],
  ["video/mp4", ["mp4", "m4v"], brand(/mp4|iso|avc1|dash|M4V|MSNV/)],
  ["video/quicktime", ["mov"], brand(/qt {2}/)],
  ["video/webm", ["webm"], isEbml],
  ["video/x-matroska", ["mkv"], isEbml],
  ["audio/mpeg", ["mp3"], isMp3],
  ["audio/mp4", ["m4a"], brand(/M4A|mp4|iso/)],
  ["audio/ogg", ["ogg", "oga", "opus"], isOgg],
  ["video/ogg", ["ogv"], isOgg],
  ["audio/wav", ["wav"], both(RIFF, begins("57415645", 8))],
  ["audio/flac", ["flac"], begins("664c6143")],
  ["application/pdf", ["pdf"], begins("255044462d")],
  ["text/plain", ["txt", "text", "log"], isText],
  ["text/markdown", ["md", "markdown"], isText],
  ["text/csv", ["csv"], isText],
  ["text/html", ["html", "htm"], isText],
  ["application/json", ["json"], isText],
  ["application/zip", ["zip"], isZip],
  ["application/epub+zip", ["epub"], isZip],
  ["application/vnd.oasis.opendocument.text", ["odt"], isZip],
  ["application/vnd.oasis.opendocument.spreadsheet", ["ods"], isZip],
  ["application/vnd.oasis.opendocument.presentation", ["odp"], isZip],
  [
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ["docx"],
    isZip,
  ],
  [
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ["xlsx"],
    isZip,
  ],
  [
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ["pptx"],
    isZip,
  ],
  ["model/gltf-binary", ["glb"], begins("676c5446")],
  ["model/gltf+json", ["gltf"], isText],
  ["model/3mf", ["3mf"], isZip],
  ["model/obj", ["obj"], isText],
  // Binary ones begin with 80 bytes of anything, often without a NUL.
  ["model/stl", ["stl"], () => true],
];

const BY_ENDING = new Map(
  TYPES.flatMap(([type, endings, isSo]) =>
    endings.map((ending) => [ending, { type, isSo }] as const),
  ),
);

const PICTURES = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
]);

/** Endings that a desktop runs, installs, mounts or follows rather than shows. */
const PROGRAMS = new Set(
  `exe com bat cmd scr pif cpl msi msp mst msix msixbundle appx appxbundle
   appinstaller application gadget lnk url scf hta hlp chm inf ins isp reg rdp
   js jse mjs cjs vb vbs vbe ws wsc wsf wsh sct shb shs ps1 ps1xml ps2 psc1 psd1
   psm1 msc msh dll sys drv ocx xll cab diagcab theme themepack library-ms
   search-ms searchconnector-ms settingcontent-ms jar jnlp class iso img vhd vhdx
   app command tool workflow action pkg mpkg dmg terminal inetloc fileloc webloc
   mobileconfig prefpane saver scpt scptd applescript osax kext plugin
   sh bash zsh csh ksh fish run bin elf out desktop appimage deb rpm snap flatpak
   flatpakref apk service so ko py pyc pyw pyz rb pl php lua tcl awk`.split(
    /\s+/,
  ),
);

/**
 * A type from the app's list, from name and first bytes: what the name says
 * when the bytes agree, else unknown. Nothing that runs has another type.
 */
export function mediaType(name: string, head: Uint8Array): string {
  const known = BY_ENDING.get(ending(name));
  if (known === undefined) return UNKNOWN_TYPE;
  return known.isSo(Buffer.from(head.subarray(0, HEAD_BYTES)))
    ? known.type
    : UNKNOWN_TYPE;
}

/** What the name alone says a file is: for sums and lists, never for what is opened or shown. */
export function typeOfName(name: string): string {
  return BY_ENDING.get(ending(name))?.type ?? UNKNOWN_TYPE;
}

/** Whether pages may show it as a picture. Not SVG: it can carry programs. */
export function isPicture(type: string): boolean {
  return PICTURES.has(type);
}

/**
 * Whether a desktop might run, install or follow it: such files are shown in
 * their folder, never opened. Also for the name of a folder.
 */
export function isProgram(name: string): boolean {
  return PROGRAMS.has(ending(name));
}

/** Lower case, "" when there is none. Windows drops dots and spaces at the end, so they hide nothing. */
function ending(name: string): string {
  const clean = name.replace(/[\p{Cf}\p{Cc}]/gu, "").replace(/[. ]+$/, "");
  const dot = clean.lastIndexOf(".");
  return dot < 0 ? "" : clean.slice(dot + 1).toLowerCase();
}
