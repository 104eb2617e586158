import { useState } from "react";
import type { SpaceId } from "#core/contract/ids.ts";
import type { RemovedSummary } from "#core/contract/removed-models.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { removedWords } from "#renderer/words/removed.ts";
import { RemovedDialog } from "./removed-dialog.tsx";

/** Says that others removed files which are still here; nothing where that is not so. */
export function RemovedNotice(props: {
  readonly collection: SpaceId;
  readonly removed: RemovedSummary | null;
}) {
  const [isOpen, setOpen] = useState(false);
  const { collection, removed } = props;
  if (removed === null) return null;
  return (
    <div className="removed-notice">
      <Notice
        action={
          <Button size="small" onPress={() => setOpen(true)}>
            {removed.files === 1 ? "Look at it" : "Look at them"}
          </Button>
        }
      >
        {removedWords(removed)}
      </Notice>
      <RemovedDialog
        collection={collection}
        open={isOpen}
        onClose={() => setOpen(false)}
      />
    </div>
  );
}
