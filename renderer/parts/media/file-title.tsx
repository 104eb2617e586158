import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { endingOf } from "./preview-kind.ts";
import "./file-title.css";

/**
 * A file's name that gives way in its middle: the ending is always seen, at the
 * end. Whoever hears it hears one name: the two pieces are for the eyes, since
 * boxes beside each other are read with a pause.
 */
export function FileTitle(props: { readonly name: string }) {
  const name = foreignLine(props.name);
  const ending = endingOf(name);
  if (ending === "")
    return (
      <span className="file-title">
        <bdi dir="auto" className="file-title__stem foreign">
          {name}
        </bdi>
      </span>
    );
  const stem = name.slice(0, name.length - ending.length - 1);
  return (
    <span className="file-title">
      <bdi dir="auto" className="file-title__whole">
        {name}
      </bdi>
      <bdi dir="auto" className="file-title__stem foreign" aria-hidden>
        {stem}
      </bdi>
      <bdi dir="ltr" className="file-title__ending" aria-hidden>
        {name.slice(stem.length)}
      </bdi>
    </span>
  );
}
