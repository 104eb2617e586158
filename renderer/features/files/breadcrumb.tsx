import { ChevronRight } from "lucide-react";
import type { SpaceId } from "#core/contract/ids.ts";
import { To } from "#renderer/routing/router.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";

/** The folders above, each a way back up. */
export function Breadcrumb(props: {
  readonly collection: SpaceId;
  readonly folder: string;
}) {
  const { collection, folder } = props;
  const parts = folder === "" ? [] : folder.split("/");
  const steps = parts.map((name, place) => ({
    name,
    folder: parts.slice(0, place + 1).join("/"),
  }));
  const all = [{ name: "All files", folder: "" }, ...steps];
  return (
    <nav aria-label="Folders" className="breadcrumb">
      <ol>
        {all.map((step, place) => (
          <li key={step.folder}>
            {place > 0 && <ChevronRight size={14} aria-hidden />}
            {place === all.length - 1 ? (
              <span aria-current="page">
                <Foreign>{step.name}</Foreign>
              </span>
            ) : (
              <To
                route={{
                  screen: "collection",
                  collection,
                  folder: step.folder,
                }}
              >
                <Foreign>{step.name}</Foreign>
              </To>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
