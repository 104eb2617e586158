import { FileX, HardDrive, Hourglass } from "lucide-react";
import { Empty } from "#renderer/ui/empty.tsx";

/** Why there is nothing to compare yet, or at all. */
export function CompareNotice(props: {
  readonly reading:
    | { readonly stage: "waiting"; readonly isFull: boolean }
    | { readonly stage: "broken" };
}) {
  const { reading } = props;
  if (reading.stage === "broken")
    return (
      <Empty icon={FileX} title="These two cannot be compared here.">
        One of them is damaged, or not what its name says.
      </Empty>
    );
  return reading.isFull ? (
    <Empty icon={HardDrive} title="Waiting for room on this computer">
      One of the two has no room here now. They are shown as soon as there is
      some.
    </Empty>
  ) : (
    <Empty icon={Hourglass} title="One of the two is not here yet">
      They are shown as soon as somebody who has it is connected.
    </Empty>
  );
}
