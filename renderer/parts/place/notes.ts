/** Small things this window remembers about itself. Losing them costs nothing but a card shown once more. */
export type Note = "get-going-closed" | "words-saved";

export function readNote(note: Note): boolean {
  try {
    return localStorage.getItem(note) !== null;
  } catch {
    // Storage can be refused; then nothing is remembered.
    return false;
  }
}

export function writeNote(note: Note): void {
  try {
    localStorage.setItem(note, "1");
  } catch {
    // As above.
  }
}
