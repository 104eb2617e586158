import { afterEach, beforeEach, expect, test } from "vitest";
import { createPeople, untilPost } from "#core/testing/people.ts";
import type { TestPeople, TestPerson } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

let people: TestPeople;

beforeEach(async () => {
  people = await createPeople();
});

afterEach(async () => {
  await people.close();
});

const GB = 1_000_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;

async function inviteOf(person: TestPerson, uses = 1): Promise<string> {
  const { link } = await person.core.handlers.createInvite({
    lifeMs: DAY_MS,
    uses,
    message: "",
  });
  return link;
}

/** A machine that keeps, and somebody who took its invite. */
async function withKeeper(author: TestPerson): Promise<TestPerson> {
  const keeper = await people.add("Office keeper");
  await keeper.core.handlers.keepForAll({ bytes: 100 * GB });
  const link = await inviteOf(keeper);
  const preview = await author.core.handlers.readLink({ link });
  expect(preview).toMatchObject({ kind: "invite", isKeeper: true });
  await author.core.handlers.openLink({ link });
  await until(author.core.states.keepers({}), ({ mine }) =>
    mine.some((one) => (one.pledge?.bytes ?? 0) > 0),
  );
  return keeper;
}

function bugsOf(...all: readonly TestPerson[]): readonly string[] {
  return all.flatMap(({ bugs }) => bugs);
}

test("KE3: a post is read through a blind keeper by somebody who was never online together with its author", async () => {
  const ana = await people.add("Ana");
  const keeper = await withKeeper(ana);
  await ana.core.handlers.post({
    text: "Seen through the keeper",
    audience: "link",
    replyTo: null,
    attachments: [],
  });
  const link = await inviteOf(ana);
  await until(keeper.core.states.keepers({}), ({ others }) =>
    others.some(({ used }) => used > 0),
  );
  await until(ana.core.states.keepers({}), ({ mine }) =>
    mine.some((one) => (one.pledge?.used ?? 0) > 0),
  );
  await ana.close();

  const ben = await people.add("Ben");
  await ben.core.handlers.openLink({ link });
  const post = await untilPost(ben, "Seen through the keeper");
  expect(post.author.name).toBe("Ana");
  expect(bugsOf(ana, keeper, ben)).toEqual([]);
});
