import { cx } from "./class-names.ts";
import { foreignLine } from "./foreign-text.ts";
import "./foreign.css";

/** A name or title that somebody wrote: in an element of its own, so that it cannot disturb ours. */
export function Foreign(props: {
  readonly children: string;
  readonly className?: string;
  readonly id?: string;
}) {
  return (
    <bdi
      dir="auto"
      className={cx("foreign", props.className ?? null)}
      {...(props.id === undefined ? {} : { id: props.id })}
    >
      {foreignLine(props.children)}
    </bdi>
  );
}
