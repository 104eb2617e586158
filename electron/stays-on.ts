import { readFileSync, writeFileSync } from "node:fs";
import * as v from "valibot";

/** Of this computer; on disk in the profile folder since 0.2. */
const schema = v.object({ staysOn: v.boolean() });

/** Whether the app goes on when its window is closed; it does not until that was chosen. */
export function readStaysOn(path: string): boolean {
  try {
    return v.parse(schema, JSON.parse(readFileSync(path, "utf8"))).staysOn;
  } catch {
    return false;
  }
}

/** Remembers the choice. One that is not remembered is asked for again, no more. */
export function writeStaysOn(path: string, staysOn: boolean): void {
  try {
    writeFileSync(path, JSON.stringify({ staysOn }));
  } catch {
    // A full disk.
  }
}
