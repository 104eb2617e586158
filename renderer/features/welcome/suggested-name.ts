const qualities = [
  "Calm",
  "Bright",
  "Gentle",
  "Merry",
  "Quiet",
  "Brave",
  "Kind",
  "Sunny",
  "Swift",
  "Warm",
  "Clever",
  "Mellow",
] as const;
const beings = [
  "Otter",
  "Heron",
  "Maple",
  "Robin",
  "Badger",
  "Willow",
  "Fox",
  "Swallow",
  "Hare",
  "Finch",
  "Birch",
  "Lark",
] as const;

/** A friendly name to begin with, like "Calm Otter". `seed` is any whole number; equal seeds give equal names. */
export function suggestedName(seed: number): string {
  const quality = qualities[seed % qualities.length] ?? "Calm";
  const being =
    beings[Math.floor(seed / qualities.length) % beings.length] ?? "Otter";
  return `${quality} ${being}`;
}
