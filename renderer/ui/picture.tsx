import { useState } from "react";
import { lettersOf } from "./letters.ts";
import "./picture.css";

const TINTS = 8;

/** A stable small number from an id, to colour a picture with. */
function tintOf(seed: string): number {
  let sum = 0;
  for (const letter of seed)
    sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % TINTS;
}

/** The first letters of the first and last word of a name. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  const first = letters.map((word) => lettersOf(word ?? "")[0] ?? "");
  return first.join("").toLocaleUpperCase() || "·";
}

/** A round picture; letters on a colour of their own until there is one. Purely for the eye: the name stands beside it. */
export function Picture(props: {
  readonly seed: string;
  readonly name: string;
  readonly address: string | null;
  readonly size?: number;
}) {
  const [failed, setFailed] = useState<string | null>(null);
  const size = props.size ?? 44;
  const isDrawn = props.address !== null && failed !== props.address;
  return (
    <span
      className={`picture picture--${tintOf(props.seed)}`}
      style={{ inlineSize: size, blockSize: size, fontSize: size * 0.38 }}
      aria-hidden
    >
      {isDrawn && props.address !== null ? (
        <img
          src={props.address}
          alt=""
          width={size}
          height={size}
          onError={() => setFailed(props.address)}
        />
      ) : (
        initialsOf(props.name)
      )}
    </span>
  );
}
