import { CopyPlus, Download, Eraser, Pin, X } from "lucide-react";
import type { CollectionPage } from "#core/contract/collection-models.ts";
import { Button } from "#renderer/ui/button.tsx";
import { plural } from "#renderer/words/time.ts";
import type { ItemKeeping } from "./use-keeping.tsx";
import type { Selection } from "./use-selection.ts";

/** How many are selected, and what can be done with them. Keeps its place, so that nothing jumps. */
export function SelectionBar(props: {
  readonly page: CollectionPage;
  readonly selection: Selection;
  /** Null where nothing can be kept or freed. */
  readonly keeping: ItemKeeping | null;
  /** What is selected. */
  readonly paths: () => readonly string[];
  readonly onDownload: () => void;
  readonly onSaveCopy: () => void;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
}) {
  const { page, selection, keeping } = props;
  const count = selection.all ? page.total : selection.paths.size;
  return (
    <div className="selection" aria-live="polite">
      <span>
        {count > 0
          ? `${plural(count, "item")} selected`
          : plural(page.total, "item")}
      </span>
      {count > 0 ? (
        <>
          {!page.row.mine && (
            <Button size="small" icon={Download} onPress={props.onDownload}>
              Download selected
            </Button>
          )}
          <Button size="small" icon={CopyPlus} onPress={props.onSaveCopy}>
            Save copy…
          </Button>
          {keeping !== null && (
            <>
              <Button
                size="small"
                icon={Pin}
                onPress={() => {
                  keeping.keep(props.paths(), true);
                  props.onClear();
                }}
              >
                Keep here
              </Button>
              <Button
                size="small"
                icon={Eraser}
                onPress={() => {
                  keeping.free(props.paths());
                  props.onClear();
                }}
              >
                Free up space
              </Button>
            </>
          )}
          <Button size="small" kind="quiet" icon={X} onPress={props.onClear}>
            Clear
          </Button>
        </>
      ) : (
        <Button size="small" kind="quiet" onPress={props.onSelectAll}>
          Select all
        </Button>
      )}
    </div>
  );
}
