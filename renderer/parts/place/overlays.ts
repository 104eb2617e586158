import { createContext, use } from "react";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Grant } from "#core/contract/models.ts";
import type { PreviewSubject } from "./preview-subject.ts";

/** What can lie over any screen. The frame draws it; any screen may ask for it. */
export type Overlay =
  | { readonly kind: "invite" }
  /** With a folder that was dropped, or none yet; or with files instead of a folder. */
  | {
      readonly kind: "share";
      readonly folder: Grant | null;
      readonly files?: readonly Grant[];
      /** Who it is for, to begin with. */
      readonly people?: readonly PersonId[];
    }
  /** Files or a folder that were dropped or are to be chosen: what should happen with them. */
  | {
      readonly kind: "hand-over";
      readonly files: readonly File[];
      /** What the core has of them already; not handed over a second time. */
      readonly grants?: readonly Grant[];
    }
  | { readonly kind: "keys" }
  /** One file, full-window; its neighbours are a key away. */
  | { readonly kind: "preview"; readonly subject: PreviewSubject }
  /** Every version of one file, and two that stand side by side. */
  | {
      readonly kind: "versions";
      readonly collection: SpaceId;
      readonly path: string;
    }
  | { readonly kind: "transfers" };

export interface Overlays {
  readonly open: (overlay: Overlay) => void;
}

export const OverlaysContext = createContext<Overlays>({ open: () => {} });

export function useOverlays(): Overlays {
  return use(OverlaysContext);
}
