/**
 * Types a page may show in place. Everything else is handed out as a download:
 * what can hold a script (HTML, SVG, XML, PDF) never opens inside the app.
 */
const INLINE_TYPES: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/bmp",
  "audio/mpeg",
  "audio/mp4",
  "audio/aac",
  "audio/ogg",
  "audio/opus",
  "audio/wav",
  "audio/webm",
  "audio/flac",
  "video/mp4",
  "video/webm",
  "video/ogg",
  "video/quicktime",
  "video/x-matroska",
  "text/plain",
]);

/** How a file of a claimed type is handed out. The claim is a stranger's: `nosniff` and a sandbox go with it. */
export function servedType(mediaType: string): {
  readonly type: string;
  readonly inline: boolean;
} {
  const [bare = ""] = mediaType.split(";");
  const type = bare.trim().toLowerCase();
  if (!INLINE_TYPES.has(type))
    return { type: "application/octet-stream", inline: false };
  return {
    type: type === "text/plain" ? "text/plain; charset=utf-8" : type,
    inline: true,
  };
}

/** The `Content-Disposition` of a file (RFC 6266), its name encoded so that nothing in it reaches the header. */
export function disposition(name: string, inline: boolean): string {
  const kind = inline ? "inline" : "attachment";
  const clean = cleanName(name);
  if (clean === "") return kind;
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename*=UTF-8''${encoded}`;
}

/** The last part of a name, without control, direction and separator characters, at most 200 characters. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "").trim();
  return Array.from(clean).slice(0, 200).join("");
}
