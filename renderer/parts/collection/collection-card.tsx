import { FolderOpen, FolderX } from "lucide-react";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import { To } from "#renderer/routing/router.tsx";
import { Ago } from "#renderer/ui/ago.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { extentWords, forWords, hereWords } from "#renderer/words/files.ts";
import "./collection-card.css";

/** One collection in a list: what it is, whose, how much of it is here. */
export function CollectionCard(props: { readonly row: CollectionRow }) {
  const { row } = props;
  const Icon = row.folderMissing ? FolderX : FolderOpen;
  return (
    <li className="collection-card">
      <span
        className={cx(
          "collection-card__picture",
          row.folderMissing && "collection-card__picture--missing",
        )}
        aria-hidden
      >
        <Icon size={22} strokeWidth={1.6} />
      </span>
      <div className="collection-card__words">
        <To
          route={{
            screen: "collection",
            collection: row.collection,
            folder: "",
          }}
          className="collection-card__title"
        >
          <Foreign>{row.title}</Foreign>
        </To>
        <p className="collection-card__facts">
          {!row.mine && (
            <span>
              From <Foreign>{row.owner.name}</Foreign>
            </span>
          )}
          {row.audience !== null && <span>{forWords(row.audience)}</span>}
          <span>{extentWords(row)}</span>
          <span>
            Changed <Ago at={row.changedAt} />
          </span>
        </p>
        <p
          className={cx(
            "collection-card__state",
            row.folderMissing && "collection-card__state--warn",
          )}
        >
          {hereWords(row)}
        </p>
      </div>
    </li>
  );
}
