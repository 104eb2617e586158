/** Small drawn scenes that stand in for photographs. */
const scenes = [
  ["#f3d9b1", "#e8b27a", "#5f7f5a", "#3d5a45", "#f7efe0"],
  ["#bcd3d8", "#8fb3b8", "#6f8f6a", "#39523f", "#fdf3d6"],
  ["#e9c3a6", "#c98b6b", "#7b5b4a", "#463a34", "#fbe5c3"],
  ["#d5d9c0", "#a9b888", "#5d7650", "#2f4733", "#fffbe8"],
] as const;

function sumOf(text: string): number {
  let sum = 7;
  for (const letter of text)
    sum = (sum * 33 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum;
}

function portrait(sum: number): string {
  const skin = ["#d9a57f", "#8a5a3f", "#f0c9a5"][sum % 3] ?? "#d9a57f";
  return `<rect width="120" height="120" fill="#cfd9c4"/><circle cx="60" cy="52" r="24" fill="${skin}"/><path d="M34 50c0-22 12-32 26-32s28 10 26 32c-4-12-14-16-26-16S38 40 34 50Z" fill="#3b2a20"/><path d="M16 120c4-28 22-38 44-38s40 10 44 38Z" fill="#a2502f"/>`;
}

/** The address of a drawn picture for a file name. */
export function fakePicture(name: string): string {
  const sum = sumOf(name);
  const [sky, glow, hill, near, sun] = scenes[sum % scenes.length] ?? scenes[0];
  const body = name.startsWith("portrait")
    ? portrait(sum)
    : `<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop stop-color="${sky}"/><stop offset="1" stop-color="${glow}"/></linearGradient></defs><rect width="600" height="420" fill="url(#s)"/><circle cx="${150 + (sum % 300)}" cy="150" r="46" fill="${sun}"/><path d="M0 270C90 210 180 240 280 262S480 230 600 268v152H0Z" fill="${hill}"/><path d="M0 330c110-46 220-20 330 4s190 10 270-22v108H0Z" fill="${near}"/>`;
  const size = name.startsWith("portrait") ? "120 120" : "600 420";
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}">${body}</svg>`)}`;
}
