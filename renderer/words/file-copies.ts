import type { FileStage } from "#core/contract/collection-models.ts";
import type { CopiesPage, PersonCopies } from "#core/contract/copies-models.ts";
import type { PersonLabel } from "#core/contract/models.ts";
import { peopleWords } from "./people.ts";
import { sizeWords } from "./size.ts";
import { agoWords, plural } from "./time.ts";

type Away = Extract<FileStage, { readonly stage: "away" }>;
type Damaged = Extract<FileStage, { readonly stage: "damaged" }>;

/** Which of the four ways in which a file can be elsewhere. */
export function awayKind(state: Away): "away" | "only-away" | "nobody" {
  if (state.holders.length + state.unnamed > 0 || state.isLooking)
    return "away";
  if (state.absent.length === 0) return "nobody";
  return state.absent.length === 1 ? "only-away" : "away";
}

/** "Not downloaded. 3 people have it", "Ana has the only copy (last seen yesterday)". */
export function awayWords(state: Away, now: number): string {
  const { holders, unnamed, isShown, isLooking, absent } = state;
  if (holders.length > 0 && (isShown || absent.length > 0)) {
    const all = holders.length + unnamed + absent.length;
    return all > 2
      ? `Not downloaded. ${plural(all, "person", "people")} have it`
      : `Not downloaded. ${haveIt([...holders, ...absent.map((it) => it.person)])}`;
  }
  if (holders.length > 0) {
    const who = peopleWords(holders, 1);
    const verb = holders.length === 1 ? "says" : "say";
    return `Not downloaded. ${who} ${verb} to have it`;
  }
  if (unnamed > 0) return "Not downloaded. Somebody connected has it";
  if (isLooking) return "Not downloaded. Looking for who has it…";
  const [only, ...others] = absent;
  if (only === undefined) return "Nobody connected has this now";
  if (others.length > 0)
    return `${plural(absent.length, "person", "people")} have it, none of them connected`;
  return `${peopleWords([only.person])} has the only copy${seenWords(only.seenAt, now)}`;
}

/** "A part is damaged. Getting it again from Ben". */
export function damagedWords({ isComing, from }: Damaged): string {
  if (from.length === 0)
    return isComing
      ? "A part is damaged, and nobody connected has it"
      : "A part is damaged";
  return isComing
    ? `A part is damaged. Getting it again from ${peopleWords(from, 1)}`
    : `A part is damaged. ${haveIt(from)}`;
}

function haveIt(people: readonly PersonLabel[]): string {
  return `${peopleWords(people, 1)} ${people.length === 1 ? "has" : "have"} it`;
}

/** " (last seen yesterday, 14:05)". */
function seenWords(at: number | null, now: number): string {
  return at === null ? "" : ` (last seen ${agoWords(at, now)})`;
}

/** How much of the whole one person has: 0 to 1. */
export function shareOf(it: PersonCopies, page: CopiesPage): number {
  if (it.has.files === page.all.files) return 1;
  const part =
    page.all.bytes === 0
      ? it.has.files / page.all.files
      : it.has.bytes / page.all.bytes;
  // Everything but a small file is not everything.
  return Math.min(part, 0.99);
}

/** "everything", "40 %", "nothing yet". */
export function shareWords(it: PersonCopies, page: CopiesPage): string {
  if (it.has.files === page.all.files)
    return page.all.files === 1 ? "has it" : "has everything";
  if (it.has.files === 0)
    return it.caughtAt === null ? "not checked yet" : "has shown nothing";
  const percent = Math.floor(shareOf(it, page) * 100);
  return percent === 0 ? "has less than 1 %" : `has ${percent} %`;
}

/** "Connected now", "Last seen yesterday, 14:05". */
export function reachWords(
  it: { readonly inReach: boolean; readonly seenAt: number | null },
  now: number,
): string {
  if (it.inReach) return "Connected now";
  return it.seenAt === null
    ? "Not met on this computer yet"
    : `Last seen ${agoWords(it.seenAt, now)}`;
}

/** What stands behind a person's share; null when every file was checked. */
export function groundsWords(it: PersonCopies): string | null {
  if (it.caughtAt !== null && it.says.files > 0)
    return "Could not show some of it; what was only said is not counted";
  if (it.says.files > 0)
    return it.has.files === 0
      ? `Says to have ${plural(it.says.files, "file")}; not checked yet`
      : `Says to have ${plural(it.says.files, "more file", "more files")}; not checked yet`;
  if (it.isSampled) return "Checked by a random sample";
  return null;
}

/** "2 people have everything (Ana, Ben)"; the first line of who has a copy. */
export function everybodyWords(page: CopiesPage): string {
  const whole = page.people
    .filter((it) => it.has.files === page.all.files)
    .map(({ person }) => person);
  const it = page.all.files === 1 ? "it" : "everything";
  if (whole.length === 0) {
    return page.here.files === page.all.files
      ? page.onlyHere.files === page.all.files
        ? `Only this computer has ${it}`
        : `Nobody else has all of it`
      : page.isLooking
        ? `Looking for who has ${it}…`
        : `Nobody was seen to have ${it}`;
  }
  const names = peopleWords(whole, 3);
  if (whole.length === 1) return `${names} has ${it}`;
  return whole.length <= 4
    ? `${plural(whole.length, "person", "people")} have ${it}: ${names}`
    : `${plural(whole.length, "person", "people")} have ${it}`;
}

/** "2 files not seen with anybody yet."; null when all were, or none: then the first line says it. */
export function unseenWords({
  unseen: { files },
  all,
  isLooking,
}: CopiesPage): string | null {
  if (files === 0 || files === all.files) return null;
  const what = plural(files, "file");
  return isLooking
    ? `Looking for who has ${what}…`
    : `${what} not seen with anybody yet.`;
}

/** "Only you have 14 files. If this computer breaks they are gone." Null when all is with others too. */
export function onlyHereWords(page: CopiesPage): string | null {
  const { files, bytes } = page.onlyHere;
  if (files === 0) return null;
  const what =
    page.all.files === 1
      ? "this file"
      : files === page.all.files
        ? `${files === 2 ? "both files" : `all ${plural(files, "file")}`} (${sizeWords(bytes)})`
        : `${plural(files, "file")} (${sizeWords(bytes)})`;
  const gone = files === 1 ? "it is" : "they are";
  return `Only you have ${what}. If this computer breaks, ${gone} gone.`;
}

/** "Only Ana has 3 files (last seen yesterday)." For each of those who alone have something. */
export function onlyOneWords(page: CopiesPage, now: number): readonly string[] {
  return page.onlyOne.map(({ person, has, inReach, seenAt }) => {
    const what = page.all.files === 1 ? "it" : plural(has.files, "file");
    const seen = inReach ? "" : seenWords(seenAt, now);
    return `Only ${peopleWords([person])} has ${what}${seen}.`;
  });
}

/** "A part of holiday.mp4 on this disk is damaged. Getting it again from Ana." */
export function damageWords(name: string, state: Damaged): string {
  const { from, isComing, isMine } = state;
  const what = `A part of ${name} on this disk is damaged`;
  if (from.length === 0) return `${what}, and nobody connected has it.`;
  const who = peopleWords(from, 1);
  if (isComing) return `${what}. Getting it again from ${who}.`;
  return isMine
    ? `${what}. ${haveIt(from)}, whole.`
    : `${what}. ${haveIt(from)}.`;
}
