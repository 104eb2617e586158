import { PREVIEW_TEXT_BYTES } from "#renderer/parts/media/preview-limits.ts";
import { previewKind } from "#renderer/parts/media/preview-kind.ts";
import type { ComparedFile, CompareProps } from "./compared-file.ts";
import { FactsComparison } from "./facts-comparison.tsx";
import { PictureComparison } from "./picture-comparison.tsx";
import { TextComparison } from "./text-comparison.tsx";

/** Two versions of a file, in the way their kind can be compared. */
export function Comparison(props: CompareProps) {
  const kinds = [props.before, props.after].map(kindOf);
  if (kinds.every((kind) => kind === "text"))
    return <TextComparison {...props} />;
  if (kinds.every((kind) => kind === "picture"))
    return <PictureComparison {...props} />;
  return <FactsComparison {...props} />;
}

function kindOf({ file }: ComparedFile): "text" | "picture" | "other" {
  const kind = previewKind(file.name, file.mediaType);
  if (kind === "picture") return kind;
  const isText = ["text", "markdown", "captions"].includes(kind);
  return isText && file.size <= PREVIEW_TEXT_BYTES ? "text" : "other";
}
