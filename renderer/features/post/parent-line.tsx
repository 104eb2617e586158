import { CornerLeftUp } from "lucide-react";
import type { Thread } from "#core/contract/feed-models.ts";
import { To } from "#renderer/routing/router.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";

const SHOWN = 120;

/** What the post of this page answers, when it answers something. */
export function ParentLine(props: { readonly thread: Thread }) {
  const { parent, parentMissing } = props.thread;
  if (parent === null && !parentMissing) return null;
  return (
    <p className="thread__parent">
      <CornerLeftUp size={16} aria-hidden />
      {parent === null ? (
        "A reply to a post that is not on this computer."
      ) : (
        <To route={{ screen: "post", post: parent.ref }}>
          <span>In reply to </span>
          <Foreign>{parent.author.name}</Foreign>
          <span>: </span>
          <Foreign>{parent.text.slice(0, SHOWN)}</Foreign>
        </To>
      )}
    </p>
  );
}
