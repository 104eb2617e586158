import { cx } from "./class-names.ts";
import "./progress.css";

/** A bar from 0 to 1; null when the end is not known. */
export function Progress(props: {
  readonly label: string;
  readonly part: number | null;
  readonly tone?: "moving" | "resting";
}) {
  return (
    <progress
      className={cx("progress", `progress--${props.tone ?? "moving"}`)}
      aria-label={props.label}
      max={100}
      {...(props.part === null
        ? {}
        : { value: Math.min(100, Math.floor(props.part * 100)) })}
    />
  );
}
