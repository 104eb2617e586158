import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { FileVersions } from "#core/contract/version-models.ts";
import type { TestPerson } from "./people.ts";
import { share, untilRow } from "./shares.ts";
import type { Shares, TestFiles } from "./shares.ts";
import { until, untilTrue } from "./until.ts";

/** Everything that goes over folders and lines takes its time on a busy computer. */
const LATE = { timeoutMs: 20_000 } as const;

export function idOf(person: TestPerson): PersonId {
  const me = person.core.states.me({}).peek();
  if (me === null) throw new Error("nobody yet");
  return me.person;
}

export function versionsOf(
  person: TestPerson,
  collection: SpaceId,
  path: string,
) {
  return person.core.states.versions({ collection, path });
}

/** Who shared what, newest first; what stands has a star. */
export function told(versions: FileVersions | null): readonly string[] {
  return (versions?.versions ?? []).map(
    ({ person, content, isStanding }) =>
      `${person.name} ${content === null ? "removed" : String(content.size)}${isStanding ? " *" : ""}`,
  );
}

/** Waits until a person sees a file's history so. */
export async function untilTold(
  person: TestPerson,
  collection: SpaceId,
  path: string,
  wanted: readonly string[],
): Promise<FileVersions> {
  const versions = await until(
    versionsOf(person, collection, path),
    (it) => JSON.stringify(told(it)) === JSON.stringify(wanted),
    LATE,
  );
  if (versions === null) throw new Error("no versions");
  return versions;
}

/** Waits until so many versions of a file stand for a person. */
export async function untilStanding(
  person: TestPerson,
  collection: SpaceId,
  path: string,
  count: number,
): Promise<FileVersions> {
  const versions = await until(
    versionsOf(person, collection, path),
    (it) =>
      it?.versions.filter(({ isStanding }) => isStanding).length === count,
    LATE,
  );
  if (versions === null) throw new Error("no versions");
  return versions;
}

/** Files directly in a folder by name; times in names of versions are left out. */
export async function textsIn(
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const name of (await readdir(folder)).sort()) {
    if (name.startsWith(".")) continue;
    const plain = name.replace(/\d+ \w+ \d+\.\d+/, "then");
    texts[plain] = await readFile(join(folder, name), "utf8");
  }
  return texts;
}

/** Waits until a folder holds exactly these. */
export async function untilTexts(
  folder: string,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  await untilTrue(
    // What is just being replaced may be gone between the two looks.
    () => textsIn(folder).catch(() => ({})),
    (seen) => isDeepStrictEqual(seen, wanted),
    LATE,
  );
}

/** Takes a new folder as the person's own for a collection. */
export async function joinWith(
  shares: Shares,
  person: TestPerson,
  collection: SpaceId,
  name: string,
): Promise<string> {
  const folder = shares.at(name);
  await mkdir(folder);
  const { grant } = await person.core.grants.add(folder);
  await person.core.handlers.joinFolder({ collection, folder: grant });
  return folder;
}

/** Ana's collection, with Ben who may write and has a folder of his own for it. */
export async function withWriter(
  shares: Shares,
  files: Readonly<Record<string, string>> & TestFiles,
) {
  const { ana, ben } = shares;
  const source = await shares.folder("source", files);
  const collection = await share(ana, source);
  await ana.core.handlers.setWriters({ collection, people: [idOf(ben)] });
  await untilRow(ben, collection, (row) => row.mayWrite);
  const own = await joinWith(shares, ben, collection, "bens");
  await untilTexts(own, files);
  return { ana, ben, collection, source, own };
}

/** Ana and Ben change the same file, Ben while his app is closed. */
export async function apart(shares: Shares) {
  const scene = await withWriter(shares, { "plan.txt": "plan" });
  const { ana, collection, source, own } = scene;
  await scene.ben.close();
  await writeFile(join(own, "plan.txt"), "plan of Ben");
  await writeFile(join(source, "plan.txt"), "plan of Ana!");
  await untilTold(ana, collection, "plan.txt", ["Ana 12 *", "Ana 4"]);
  const ben = await scene.ben.restart();
  for (const person of [ana, ben])
    await untilStanding(person, collection, "plan.txt", 2);
  return { ...scene, ben };
}
