import type {
  HeldRoom,
  KeepersState,
  KeptFor,
  MyKeeper,
} from "#core/contract/keeper-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { peopleWords } from "./people.ts";
import { partWords, sizeWords } from "./size.ts";
import { agoWords, plural } from "./time.ts";

/** What a keeper does for me, or may do once there is room, in one line. */
export function modeWords({
  mode,
  pledge,
}: Pick<MyKeeper, "mode" | "pledge">): string {
  const holds = hasRoom(pledge) ? "Holds" : "May hold";
  switch (mode) {
    case "blind":
      return `${holds} copies it cannot read`;
    case "readable":
      return `${holds} copies, and may read them`;
    case "stopped":
      return "Stopped. It is given nothing new";
  }
}

function hasRoom(pledge: MyKeeper["pledge"]): boolean {
  return pledge !== null && pledge.bytes > 0;
}

/** "Your posts and 2 collections"; what it is to keep. */
export function keepsWords(keeper: MyKeeper): string {
  if (keeper.mode === "stopped") return "Nothing";
  if (!hasRoom(keeper.pledge)) return "Nothing yet";
  const collections =
    keeper.collections.length > 0
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
  if (keeper.pledge?.bytes === 0) return "Keeps nothing of yours: no room";
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
  const name = foreignLine(keeper.name);
  if (keeper.pledge?.bytes === 0) return noRoomWords(keeper);
  return gone === 0
    ? null
    : `${name} could not show ${gone.toLocaleString("en")} of your posts and files. They do not count as copies. They are given to it again when it takes them.`;
}

/** That a machine has no room left for me, or that a person holds none for me any more. */
export function noRoomWords({
  name,
  isMachine,
}: Pick<MyKeeper, "name" | "isMachine">): string {
  const who = foreignLine(name);
  return isMachine
    ? `${who} has no room left for you and keeps nothing of yours. Everything is still on this computer.`
    : `${who} holds no room for you any more and freed what it kept. Everything is still on this computer.`;
}

/** How full it is. */
export function fullWords({ pledge }: Pick<MyKeeper, "pledge">): string {
  if (pledge === null) return "Has not said how much it holds for you";
  if (pledge.bytes === 0) return "No room left for you";
  const full = partWords(pledge.used, pledge.bytes);
  return pledge.until === null ? full : `${full}, ${dayWords(pledge.until)}`;
}

/** "At most 20 GB, until 1 March 2027", as I chose; null without a bound of mine. */
export function boundWords({
  bytes,
  until,
}: Pick<MyKeeper, "bytes" | "until">): string | null {
  const room = bytes === null ? [] : [`at most ${sizeWords(bytes)}`];
  const words = [...room, ...(until === null ? [] : [dayWords(until)])];
  const all = words.join(", ");
  return all === "" ? null : all.charAt(0).toUpperCase() + all.slice(1);
}

/** "Ben holds 20 GB for you": room that nothing of mine is in yet. */
export function offerWords({ name, bytes, until }: HeldRoom): string {
  const room = `${foreignLine(name)} holds ${sizeWords(bytes)} for you`;
  return until === null ? room : `${room}, ${dayWords(until)}`;
}

/** Who keeps for me and what is wrong with it, in a sentence. */
export function keepersSummary({ mine, offers }: KeepersState): string {
  const keeping = mine.filter(({ mode }) => mode !== "stopped");
  const [failing] = keeping.flatMap((one) => goneWords(one) ?? []);
  if (failing !== undefined) return failing;
  const sure = keeping.filter(({ pledge }) => pledge !== null);
  if (sure.length > 0)
    return `${peopleWords(sure)} ${sure.length === 1 ? "keeps" : "keep"} copies for you.`;
  if (keeping.length > 0)
    return `${peopleWords(keeping)} ${keeping.length === 1 ? "has" : "have"} not said yet whether there is room for you.`;
  const [offer] = offers;
  return offer === undefined
    ? "Nobody keeps copies for you yet."
    : `${offerWords(offer)}. Nothing of yours is kept there yet.`;
}

function dayWords(until: number): string {
  const day = new Date(until).toLocaleDateString("en", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return `until ${day}`;
}

/** "You keep 12 of 20 GB for Ana", or that there is no room for her. */
export function keptForWords({ name, used, bytes, until }: KeptFor): string {
  if (bytes === 0) return `No room left for ${name}`;
  const words = `You keep ${sizeWords(used)} of ${sizeWords(bytes)} for ${name}`;
  return until === null ? words : `${words}, ${dayWords(until)}`;
}

/** What happens where less is promised than is kept; null where it all fits. */
export function overWords({ name, used, bytes }: KeptFor): string | null {
  return used <= bytes
    ? null
    : `More than you hold for ${name} now. Nothing new is taken, and what does not fit goes.`;
}

/** What happens to what is kept when its room is taken away. */
export function stopWords({ name, used }: KeptFor): string {
  return `The ${sizeWords(used)} you keep for ${name} are freed on this computer, now. ${name} is told when you are both on; what is on other computers stays there.`;
}
