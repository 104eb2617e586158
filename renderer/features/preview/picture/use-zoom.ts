import type { RefObject } from "react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import {
  fitScale,
  fitted,
  kept,
  zoomed,
  type Extent,
  type Zoom,
} from "./zoom.ts";

/** One press of a key or button. */
const STEP = 1.25;
/** How far an arrow key moves the picture, in pixels. */
const PAN_PX = 80;

export interface ZoomHandle {
  readonly zoom: Zoom;
  readonly isFitted: boolean;
  readonly fit: () => void;
  readonly full: () => void;
  readonly by: (factor: number) => void;
  readonly toggle: () => void;
  readonly pan: (x: number, y: number) => void;
  /** Answers whether it took the key. */
  readonly key: (event: KeyboardEvent) => boolean;
}

/** Zoom and place of a picture in its window, by wheel, two fingers, dragging, keys. */
export function useZoom(
  window: RefObject<HTMLElement | null>,
  picture: Extent | null,
): ZoomHandle {
  const [room, setRoom] = useState<Extent>({ width: 1, height: 1 });
  // Null lies fitted, also while the window changes.
  const [chosen, setChosen] = useState<Zoom | null>(null);
  useLayoutEffect(() => {
    const element = window.current;
    if (element === null) return;
    const look = () =>
      setRoom({ width: element.clientWidth, height: element.clientHeight });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [window]);
  const size = picture ?? { width: 1, height: 1 };
  const zoom = chosen === null ? fitted(size, room) : kept(chosen, size, room);
  const centre = { x: 0, y: 0 };
  const to = (scale: number, at: { readonly x: number; readonly y: number }) =>
    setChosen(zoomed(zoom, scale, at, size, room));
  const pan = (x: number, y: number) =>
    setChosen(kept({ ...zoom, x: zoom.x + x, y: zoom.y + y }, size, room));
  const isFitted = chosen === null;
  const handle: ZoomHandle = {
    zoom,
    isFitted,
    fit: () => setChosen(null),
    full: () => to(1, centre),
    by: (factor) => to(zoom.scale * factor, centre),
    toggle: () => {
      if (isFitted && fitScale(size, room) < 1) to(1, centre);
      else if (isFitted) to(2, centre);
      else setChosen(null);
    },
    pan,
    key: (event) => keyed(event, handle),
  };
  const latest = useRef({ zoom, to, pan });
  useEffect(() => {
    latest.current = { zoom, to, pan };
  });
  useEffect(() => {
    const element = window.current;
    return element === null ? undefined : listen(element, latest);
  }, [window]);
  return handle;
}

function keyed(event: KeyboardEvent, zoom: ZoomHandle): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [PAN_PX, 0],
    ArrowRight: [-PAN_PX, 0],
    ArrowUp: [0, PAN_PX],
    ArrowDown: [0, -PAN_PX],
  };
  const move = moves[event.key];
  if (move !== undefined && !zoom.isFitted) zoom.pan(...move);
  else if (event.key === "+" || event.key === "=") zoom.by(STEP);
  else if (event.key === "-") zoom.by(1 / STEP);
  else if (event.key === "0") zoom.fit();
  else if (event.key === "1") zoom.full();
  else return false;
  return true;
}

interface Moves {
  readonly zoom: Zoom;
  readonly to: (
    scale: number,
    at: { readonly x: number; readonly y: number },
  ) => void;
  readonly pan: (x: number, y: number) => void;
}

/** Wheel, dragging and two fingers. Native listeners: a wheel that zooms must not scroll. */
function listen(element: HTMLElement, latest: RefObject<Moves>): () => void {
  const pointers = new Map<
    number,
    { readonly x: number; readonly y: number }
  >();
  const placeOf = (event: MouseEvent) => {
    const box = element.getBoundingClientRect();
    return {
      x: event.clientX - box.left - box.width / 2,
      y: event.clientY - box.top - box.height / 2,
    };
  };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const { zoom, to } = latest.current;
    const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    to(
      zoom.scale * Math.exp(-step * (event.ctrlKey ? 0.01 : 0.002)),
      placeOf(event),
    );
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || event.target instanceof HTMLButtonElement) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, placeOf(event));
  };
  const onMove = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = placeOf(event);
    const { zoom, to, pan } = latest.current;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other === undefined) {
      pan(now.x - before.x, now.y - before.y);
      return;
    }
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(now.x - other.x, now.y - other.y);
    to(zoom.scale * (is / Math.max(1, was)), {
      x: (now.x + other.x) / 2,
      y: (now.y + other.y) / 2,
    });
  };
  const onUp = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
  };
  element.addEventListener("wheel", onWheel, { passive: false });
  element.addEventListener("pointerdown", onDown);
  element.addEventListener("pointermove", onMove);
  element.addEventListener("pointerup", onUp);
  element.addEventListener("pointercancel", onUp);
  return () => {
    element.removeEventListener("wheel", onWheel);
    element.removeEventListener("pointerdown", onDown);
    element.removeEventListener("pointermove", onMove);
    element.removeEventListener("pointerup", onUp);
    element.removeEventListener("pointercancel", onUp);
  };
}
