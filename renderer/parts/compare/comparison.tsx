import { lazy, Suspense } from "react";
import { PREVIEW_TEXT_BYTES } from "#renderer/parts/media/preview-limits.ts";
import { previewKind } from "#renderer/parts/media/preview-kind.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { ComparedFile, CompareProps } from "./compared-file.ts";
import { FactsComparison } from "./facts-comparison.tsx";
import { PictureComparison } from "./picture-comparison.tsx";

// Comes with the first texts that are compared.
const TextComparison = lazy(async () => ({
  default: (await import("./text-comparison.tsx")).TextComparison,
}));

/** Two versions of a file, in the way their kind can be compared. */
export function Comparison(props: CompareProps) {
  const kinds = [props.before, props.after].map(kindOf);
  if (kinds.every((kind) => kind === "text"))
    return (
      <Suspense fallback={<Skeleton shape="line" label="Comparing…" />}>
        <TextComparison {...props} />
      </Suspense>
    );
  if (kinds.every((kind) => kind === "picture"))
    return <PictureComparison {...props} />;
  return <FactsComparison {...props} />;
}

function kindOf({ file }: ComparedFile): "text" | "picture" | "other" {
  const kind = previewKind(file.name, file.mediaType);
  if (kind === "picture") return kind;
  const isText = ["text", "markdown", "captions", "table"].includes(kind);
  return isText && file.size <= PREVIEW_TEXT_BYTES ? "text" : "other";
}
