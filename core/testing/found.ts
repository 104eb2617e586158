import z32 from "z32";

/** A secret as it might be written down: raw, hexadecimal, base 64 at each alignment, z-base-32. */
function formsOf(secret: Buffer): readonly Buffer[] {
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), secret]).toString(
      "base64",
    );
    // What hangs together with the neighbours is left out.
    return text.slice(shift === 0 ? 0 : 4, -4);
  });
  const forms = [
    secret,
    Buffer.from(secret.toString("hex")),
    Buffer.from(secret.toString("hex").toUpperCase()),
    Buffer.from(z32.encode(secret)),
    ...base64.map((text) => Buffer.from(text)),
  ];
  // Three or four characters are found anywhere.
  return forms.filter(({ length }) => length >= 5);
}

/** The names of the secrets that are in there, written in whatever way. */
export function found(
  place: Buffer,
  secrets: Readonly<Record<string, Buffer>>,
): readonly string[] {
  return Object.entries(secrets)
    .filter(([, secret]) => formsOf(secret).some((it) => place.includes(it)))
    .map(([name]) => name);
}
