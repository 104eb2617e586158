import { useId, useState } from "react";
import { ChevronDown } from "lucide-react";
import { Button as Press } from "react-aria-components";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import { CollectionKeepingBar } from "./collection-keeping.tsx";
import { CopiesSection } from "./copies-section.tsx";
import { OwnFolder } from "./own-folder.tsx";
import { PeopleStrip } from "./people-strip.tsx";
import type { useKeeping } from "./use-keeping.tsx";
import "./collection-side.css";

/**
 * What holds for a collection as a whole: what stays here, who may change it, who
 * has it. Beside the files where there is room; else folded away above them, so
 * that the files come first.
 */
export function CollectionSide(props: {
  readonly row: CollectionRow;
  readonly folder: string;
  readonly keeping: ReturnType<typeof useKeeping>["keeping"];
}) {
  const { row, folder, keeping } = props;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <aside className="collection-side" aria-label="About this collection">
      <Press
        className="collection-side__toggle"
        aria-expanded={isOpen}
        aria-controls={id}
        onPress={() => setOpen(!isOpen)}
      >
        <ChevronDown size={16} aria-hidden />
        What stays here, who may change it, who has it
      </Press>
      <div id={id} className="collection-side__parts" data-open={isOpen}>
        {!row.mine && row.joined === null && (
          <CollectionKeepingBar row={row} keeping={keeping} />
        )}
        {row.files > 0 && (
          <CopiesSection collection={row.collection} path={folder} />
        )}
        <PeopleStrip row={row} />
        <OwnFolder row={row} />
      </div>
    </aside>
  );
}
