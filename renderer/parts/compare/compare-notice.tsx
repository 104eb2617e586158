import { FileX, Hourglass } from "lucide-react";
import { Empty } from "#renderer/ui/empty.tsx";

/** Why there is nothing to compare yet, or at all. */
export function CompareNotice(props: { readonly stage: "waiting" | "broken" }) {
  return props.stage === "waiting" ? (
    <Empty icon={Hourglass} title="One of the two is not here yet">
      They are shown as soon as somebody who has it is connected.
    </Empty>
  ) : (
    <Empty icon={FileX} title="These two cannot be compared here.">
      One of them is damaged, or not what its name says.
    </Empty>
  );
}
