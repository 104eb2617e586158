import type { RefObject } from "react";
import { useLayoutEffect, useState } from "react";

/** Where a listing begins in what scrolls it, in pixels from the top, and how wide it is; kept right while what is above it changes. */
export function useListingPlace(
  scroller: HTMLDivElement | null,
  listing: RefObject<HTMLElement | null>,
): { readonly margin: number; readonly width: number } {
  const [place, setPlace] = useState({ margin: 0, width: 0 });
  useLayoutEffect(() => {
    const element = listing.current;
    if (scroller === null || element === null) return;
    const look = () => {
      const box = element.getBoundingClientRect();
      const top = scroller.getBoundingClientRect().top;
      const margin = Math.round(box.top - top + scroller.scrollTop);
      setPlace((before) =>
        before.margin === margin && before.width === box.width
          ? before
          : { margin, width: box.width },
      );
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(scroller);
    observer.observe(element);
    // What stands above it in the same column, a bar of what is selected for one.
    const column = element.closest(".collection__files");
    if (column !== null) observer.observe(column);
    return () => observer.disconnect();
  }, [scroller, listing]);
  return place;
}
