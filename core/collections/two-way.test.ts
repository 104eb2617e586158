import { afterEach, beforeEach, expect, test } from "vitest";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { FileVersions } from "#core/contract/version-models.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { createShares, share, untilRow } from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { until } from "#core/testing/until.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

function idOf(person: TestPerson): PersonId {
  const me = person.core.states.me({}).peek();
  if (me === null) throw new Error("nobody yet");
  return me.person;
}

function versionsOf(person: TestPerson, collection: SpaceId, path: string) {
  return person.core.states.versions({ collection, path });
}

/** Who shared what, newest first; what stands has a star. */
function told(versions: FileVersions | null): readonly string[] {
  return (versions?.versions ?? []).map(
    ({ person, content, isStanding }) =>
      `${person.name} ${content === null ? "removed" : String(content.size)}${isStanding ? " *" : ""}`,
  );
}

test("SP5: whoever the owner lets write is told so, and no more when that is taken back", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  const collection = await share(ana, folder);
  const before = await untilRow(ben, collection, (row) => row.files === 1);
  expect([before.mayWrite, before.writers]).toEqual([false, []]);
  await ana.core.handlers.setWriters({ collection, people: [idOf(ben)] });
  const now = await untilRow(ben, collection, (row) => row.mayWrite);
  expect(now.writers.map(({ name }) => name)).toEqual(["Ben"]);
  await ana.core.handlers.setWriters({ collection, people: [] });
  const later = await untilRow(ben, collection, (row) => !row.mayWrite);
  expect(later.writers).toEqual([]);
  await expect(
    ben.core.handlers.setWriters({ collection, people: [] }),
  ).rejects.toMatchObject({ code: "not-found" });
  await expect(
    ben.core.handlers.putBack({
      collection,
      path: "a.txt",
      version:
        versionsOf(ben, collection, "a.txt").peek()?.versions[0]?.version ??
        versionless(),
    }),
  ).rejects.toMatchObject({ code: "may-not-write" });
});

test("every version of a file is listed, and an earlier one is put back for all", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "one" });
  const collection = await share(ana, folder);
  await shares.folder("source", { "a.txt": "second" });
  await ana.core.handlers.updateCollection({ collection });
  const seen = await until(
    versionsOf(ben, collection, "a.txt"),
    (it) => it?.versions.length === 2,
  );
  expect(told(seen)).toEqual(["Ana 6 *", "Ana 3"]);
  const first = seen?.versions[1]?.version;
  if (first === undefined) throw new Error("no earlier version");
  await ana.core.handlers.putBack({
    collection,
    path: "a.txt",
    version: first,
  });
  const back = await until(
    versionsOf(ben, collection, "a.txt"),
    (it) => it?.versions.length === 3,
  );
  expect(told(back)).toEqual(["Ana 3 *", "Ana 6", "Ana 3"]);
});
