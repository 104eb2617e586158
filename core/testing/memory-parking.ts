import { createState } from "#core/base/state.ts";
import type { Source } from "#core/base/state.ts";
import type { Parking } from "#core/network/port.ts";

/** Parking in memory, which anybody may read and write as a hostile node could. */
export interface MemoryParking extends Parking {
  readonly ready: Source<boolean>;
  /** Notes by place, in hexadecimal. */
  readonly notes: Map<string, Buffer>;
  /** Places that were looked at or written to, in order. */
  readonly asked: string[];
}

export function createMemoryParking(): MemoryParking {
  const notes = new Map<string, Buffer>();
  const asked: string[] = [];
  return {
    notes,
    asked,
    ready: createState(true),
    put(place, note, isOver) {
      const key = place.toString("hex");
      asked.push(key);
      const found = notes.get(key);
      if (found !== undefined && !found.equals(note) && !isOver)
        return Promise.resolve(false);
      notes.set(key, note);
      return Promise.resolve(true);
    },
    take(place) {
      asked.push(place.toString("hex"));
      return Promise.resolve(notes.get(place.toString("hex")) ?? null);
    },
  };
}
