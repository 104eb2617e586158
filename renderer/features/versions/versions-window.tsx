import { FileX } from "lucide-react";
import type { SpaceId } from "#core/contract/ids.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { ModalDialog } from "#renderer/ui/dialog.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { ClashSection } from "./clash-section.tsx";
import { useSettle } from "./use-settle.ts";
import { VersionList } from "./version-list.tsx";
import "./versions.css";

/** Every version of one file: two that stand side by side first, then what was before. */
export function VersionsWindow(props: {
  readonly collection: SpaceId;
  readonly path: string;
  readonly onClose: () => void;
}) {
  const { collection, path, onClose } = props;
  const versions = useCoreState("versions", { collection, path });
  const settling = useSettle(collection, path);
  const name = foreignLine(path.slice(path.lastIndexOf("/") + 1));
  const known = versions ?? null;
  const standing = versions?.versions.filter((it) => it.isStanding) ?? [];
  const isClash = standing.length > 1;
  return (
    <ModalDialog
      title={isClash ? `Two versions of ${name}` : `Versions of ${name}`}
      open
      onClose={onClose}
      size="large"
    >
      <div className="versions-window">
        <ErrorNotice error={settling.error} />
        {versions === undefined && (
          <Skeleton shape="row" label="Reading versions…" />
        )}
        {versions === null && (
          <Empty icon={FileX} title="Nothing is known of this file here." />
        )}
        {known !== null && isClash && (
          <ClashSection
            key={standing.map((it) => it.version).join()}
            name={known.name}
            standing={standing}
            mayWrite={known.mayWrite}
            isBusy={settling.isBusy}
            onKeep={(keep) => settling.settle(keep, onClose)}
          />
        )}
        {known !== null && (
          <VersionList
            collection={collection}
            path={path}
            versions={known}
            isBusy={settling.isBusy}
            onPutBack={(version) =>
              settling.putBack(version, isClash ? null : (standing[0] ?? null))
            }
          />
        )}
      </div>
    </ModalDialog>
  );
}
