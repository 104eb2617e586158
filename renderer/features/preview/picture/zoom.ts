/** How a picture lies in its window: `scale` 1 is one pixel for one; x and y move its middle. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

const MOST = 32;
const LEAST = 0.02;

/** The scale at which the whole picture is seen; small ones are not blown up. */
export function fitScale(picture: Extent, room: Extent): number {
  return Math.min(
    1,
    room.width / Math.max(1, picture.width),
    room.height / Math.max(1, picture.height),
  );
}

export function fitted(picture: Extent, room: Extent): Zoom {
  return { scale: fitScale(picture, room), x: 0, y: 0 };
}

/** Keeps the picture in its window: never further away than its edge. */
export function kept(zoom: Zoom, picture: Extent, room: Extent): Zoom {
  const spareX = Math.max(0, (picture.width * zoom.scale - room.width) / 2);
  const spareY = Math.max(0, (picture.height * zoom.scale - room.height) / 2);
  return {
    scale: zoom.scale,
    x: Math.min(spareX, Math.max(-spareX, zoom.x)),
    y: Math.min(spareY, Math.max(-spareY, zoom.y)),
  };
}

/**
 * Another scale, with the point under the pointer staying where it is.
 * @param at the pointer, from the middle of the window
 */
export function zoomed(
  zoom: Zoom,
  scale: number,
  at: { readonly x: number; readonly y: number },
  picture: Extent,
  room: Extent,
): Zoom {
  const least = Math.min(LEAST, fitScale(picture, room));
  const next = Math.min(MOST, Math.max(least, scale));
  const factor = next / zoom.scale;
  return kept(
    {
      scale: next,
      x: at.x - (at.x - zoom.x) * factor,
      y: at.y - (at.y - zoom.y) * factor,
    },
    picture,
    room,
  );
}
