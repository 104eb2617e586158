import { useState } from "react";
import {
  CircleCheck,
  Clock3,
  Eye,
  RefreshCw,
  SlidersHorizontal,
  TriangleAlert,
} from "lucide-react";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { FolderWatchRow } from "#core/contract/watching-models.ts";
import { Button } from "#renderer/ui/button.tsx";
import { excludesWords, watchWords } from "#renderer/words/watching.ts";
import { AddFiles } from "./add-files.tsx";
import { FolderOptionsDialog } from "./folder-options-dialog.tsx";
import { WatchNotice } from "./watch-notice.tsx";
import "./watch-bar.css";

const icons = {
  checking: Eye,
  rests: CircleCheck,
  pending: Clock3,
  sharing: RefreshCw,
  asking: TriangleAlert,
  missing: TriangleAlert,
  failed: TriangleAlert,
} as const;

/** How an own folder is watched, in small words, and what needs an answer. */
export function WatchBar(props: { readonly row: CollectionRow }) {
  const { row } = props;
  return row.watch === null ? null : <Bar row={row} watch={row.watch} />;
}

function Bar(props: {
  readonly row: CollectionRow;
  readonly watch: FolderWatchRow;
}) {
  const { row, watch } = props;
  const [isOpen, setOpen] = useState(false);
  const Icon = icons[watch.stage.stage];
  const without = excludesWords(watch.excludes);
  if (watch.stage.stage === "missing")
    return <WatchNotice row={row} watch={watch} />;
  return (
    <div className="watch">
      <div className="watch__line">
        <output className={`watch__stage watch__stage--${watch.stage.stage}`}>
          <Icon size={16} aria-hidden />
          {watchWords(watch)}
        </output>
        {without !== null && <span className="watch__without">{without}</span>}
        <span className="watch__actions">
          <AddFiles row={row} />
          <Button
            kind="quiet"
            size="small"
            icon={SlidersHorizontal}
            onPress={() => setOpen(true)}
          >
            What is shared
          </Button>
        </span>
      </div>
      <WatchNotice row={row} watch={watch} />
      {isOpen && (
        <FolderOptionsDialog
          collection={row.collection}
          watch={watch}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
