import type { KeptFor, MyKeeper } from "#core/contract/keeper-models.ts";
import { partWords, sizeWords } from "./size.ts";
import { agoWords, plural } from "./time.ts";

/** What a keeper does for me, in one line. */
export function modeWords({ mode }: Pick<MyKeeper, "mode">): string {
  switch (mode) {
    case "blind":
      return "Holds copies it cannot read";
    case "readable":
      return "Holds copies, and may read them";
    case "stopped":
      return "Stopped. It is given nothing new";
  }
}

/** "Your posts and 2 collections"; what it is to keep. */
export function keepsWords(keeper: MyKeeper): string {
  if (keeper.mode === "stopped") return "Nothing";
  const collections =
    keeper.mode === "blind" && keeper.collections.length > 0
      ? [plural(keeper.collections.length, "collection")]
      : [];
  const all = [...(keeper.feeds ? ["your posts"] : []), ...collections];
  const words = all.join(" and ");
  return words === ""
    ? "Nothing chosen yet"
    : words.charAt(0).toUpperCase() + words.slice(1);
}

/** How much of it was shown to be there; only what was checked counts. */
export function coverageWords(keeper: MyKeeper, now: number): string {
  const { share, checkedAt } = keeper.coverage;
  if (share === null || checkedAt === null)
    return "Not checked yet: it counts once it has shown what it keeps";
  const { posts, files } = keeper.coverage;
  const parts = [
    ...(posts === null ? [] : [`${percentWords(posts)} of your posts`]),
    ...(files.all === 0 ? [] : [filesWords(files)]),
  ];
  const what = parts.length === 0 ? percentWords(share) : parts.join(" and ");
  return `Keeps ${what}, checked ${agoWords(checkedAt, now)}`;
}

/** 99.6 % is not all of it. */
function percentWords(share: number): string {
  const percent = share === 1 ? 100 : Math.min(99, Math.round(share * 100));
  return `${String(percent)} %`;
}

function filesWords({ shown, all }: MyKeeper["coverage"]["files"]): string {
  const total = plural(all, "file");
  if (shown === all)
    return all === 1 ? `the ${total.slice(2)}` : `all ${total}`;
  return `${shown.toLocaleString("en")} of ${total}`;
}

/** What a keeper had and lost; null when nothing. */
export function goneWords(keeper: MyKeeper): string | null {
  const { gone } = keeper.coverage;
  return gone === 0
    ? null
    : `${keeper.name} no longer has ${String(gone)} of your posts and files. They do not count as copies. They are given to it again when it takes them.`;
}

/** How full it is. */
export function fullWords({ pledge }: Pick<MyKeeper, "pledge">): string {
  if (pledge === null) return "Has not said how much it holds for you";
  if (pledge.bytes === 0) return "Holds no room for you";
  return partWords(pledge.used, pledge.bytes);
}

/** "You keep 12 of 20 GB for Ana". */
export function keptForWords({ name, used, bytes }: KeptFor): string {
  return `You keep ${sizeWords(used)} of ${sizeWords(bytes)} for ${name}`;
}
