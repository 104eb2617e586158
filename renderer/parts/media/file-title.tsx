import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { endingOf } from "./preview-kind.ts";
import "./file-title.css";

/** A file's name that gives way in its middle: the ending is always seen, at the end. */
export function FileTitle(props: { readonly name: string }) {
  const name = foreignLine(props.name);
  const ending = endingOf(name);
  const stem =
    ending === "" ? name : name.slice(0, name.length - ending.length - 1);
  return (
    <span className="file-title">
      <bdi dir="auto" className="file-title__stem foreign">
        {stem}
      </bdi>
      {ending !== "" && (
        <bdi dir="ltr" className="file-title__ending">
          {name.slice(stem.length)}
        </bdi>
      )}
    </span>
  );
}
