const isMac = () => /mac/iu.test(navigator.userAgent);

interface Chord {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly key: string;
}

function chordOf(keys: string): Chord {
  const parts = keys.split("+");
  return {
    mod: parts.includes("Mod"),
    shift: parts.includes("Shift"),
    alt: parts.includes("Alt"),
    key: (parts.at(-1) ?? "").toLowerCase(),
  };
}

/** Whether a key press is this chord. What AltGr writes is never one. */
export function isChord(event: KeyboardEvent, keys: string): boolean {
  if (event.isComposing || event.getModifierState("AltGraph")) return false;
  const chord = chordOf(keys);
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  const other = isMac() ? event.ctrlKey : event.metaKey;
  const digit = /^Digit(\d)$/u.exec(event.code)?.[1];
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const isKey = key === chord.key || digit === chord.key;
  const isSign = chord.key.length === 1 && !/[a-z0-9]/u.test(chord.key);
  return (
    isKey &&
    !other &&
    mod === chord.mod &&
    event.altKey === chord.alt &&
    (isSign || event.shiftKey === chord.shift)
  );
}

const drawn: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageDown: "Page Down",
  PageUp: "Page Up",
  Escape: "Esc",
};

/** A chord as it stands on the keys of this machine. */
export function keyWords(keys: string): string {
  const mac = isMac();
  return keys
    .split("+")
    .map((part) =>
      part === "Mod" ? (mac ? "⌘" : "Ctrl") : (drawn[part] ?? part),
    )
    .join(mac ? "" : "+");
}

/** Whether a key press belongs to a text being written. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement &&
        !["checkbox", "radio", "button"].includes(target.type)))
  );
}

/** Whether a key press belongs to something that has keys of its own. */
export function isInsideOverlay(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      "[role=dialog],[role=alertdialog],[role=menu],[role=listbox]",
    ) !== null
  );
}
