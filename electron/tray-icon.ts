import type { StatusShape } from "#renderer/words/status.ts";

/** Pixels a side; the system makes it smaller where it wants to. */
export const TRAY_ICON_SIZE = 32;

const MIDDLE = (TRAY_ICON_SIZE - 1) / 2;
const RADIUS = 12;
const RING = 3;

/** Whether a pixel belongs to a sign; the shape carries the meaning, the colour nothing. */
const SHAPES: Readonly<
  Record<StatusShape, (x: number, y: number, distance: number) => boolean>
> = {
  full: (_x, _y, distance) => distance <= RADIUS,
  half: (x, _y, distance) =>
    distance <= RADIUS && (x > MIDDLE || distance > RADIUS - RING),
  hollow: (_x, _y, distance) => distance <= RADIUS && distance > RADIUS - RING,
  house: (x, y) => {
    const fromMiddle = Math.abs(x - MIDDLE);
    const isRoof = y >= 4 && y < 16 && fromMiddle <= y - 3;
    return isRoof || (y >= 16 && y <= 27 && fromMiddle <= 9);
  },
  pause: (x, y) =>
    y >= 5 && y <= 26 && ((x >= 8 && x <= 12) || (x >= 19 && x <= 23)),
  down: (x, y) => {
    const isBar = Math.abs(x - MIDDLE) <= 2.5;
    return isBar && ((y >= 4 && y <= 19) || (y >= 23 && y <= 27));
  },
};

/** The sign as a bitmap, blue, green, red and alpha of each pixel, as the system's pictures are. */
export function trayIcon(shape: StatusShape, isDark: boolean): Buffer {
  const bitmap = Buffer.alloc(TRAY_ICON_SIZE * TRAY_ICON_SIZE * 4);
  const light = isDark ? 0xf0 : 0x30;
  for (let y = 0; y < TRAY_ICON_SIZE; y += 1)
    for (let x = 0; x < TRAY_ICON_SIZE; x += 1) {
      const distance = Math.hypot(x - MIDDLE, y - MIDDLE);
      if (!SHAPES[shape](x, y, distance)) continue;
      bitmap.fill(
        Buffer.from([light, light, light, 0xff]),
        (y * TRAY_ICON_SIZE + x) * 4,
        (y * TRAY_ICON_SIZE + x + 1) * 4,
      );
    }
  return bitmap;
}
