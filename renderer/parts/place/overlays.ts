import { createContext, use } from "react";

/** What can lie over any screen. The frame draws it; any screen may ask for it. */
export type Overlay = "invite" | "share" | "keys" | null;

export interface Overlays {
  readonly open: (overlay: Exclude<Overlay, null>) => void;
  readonly close: () => void;
}

export const OverlaysContext = createContext<Overlays>({
  open: () => {},
  close: () => {},
});

export function useOverlays(): Overlays {
  return use(OverlaysContext);
}
