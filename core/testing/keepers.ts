import type { SpaceId } from "#core/contract/ids.ts";
import type { KeeperChoice, MyKeeper } from "#core/contract/keeper-models.ts";
import type { PersonOptions, TestPeople, TestPerson } from "./people.ts";
import { until } from "./until.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A link that makes whoever opens it a contact. */
export async function inviteOf(person: TestPerson, uses = 1): Promise<string> {
  const { link } = await person.core.handlers.createInvite({
    lifeMs: DAY_MS,
    uses,
    message: "",
  });
  return link;
}

/** A machine that keeps, and somebody who took its invite. */
export async function addKeeper(
  people: TestPeople,
  owner: TestPerson,
  options: PersonOptions = {},
): Promise<TestPerson> {
  const keeper = await people.add("Office keeper", options);
  await keeper.core.handlers.keepForAll({
    bytes: 1_000_000_000,
    people: 1,
  });
  const link = await inviteOf(keeper);
  await owner.core.handlers.openLink({ link });
  await untilKeeper(owner, (one) => (one.pledge?.bytes ?? 0) > 0);
  return keeper;
}

/** Waits until the only keeper of a person passes. */
export async function untilKeeper(
  owner: TestPerson,
  predicate: (keeper: MyKeeper) => boolean,
): Promise<MyKeeper> {
  const { mine } = await until(
    owner.core.states.keepers({}),
    (it) => it.mine[0] !== undefined && predicate(it.mine[0]),
    { timeoutMs: 20_000 },
  );
  const [keeper] = mine;
  if (keeper === undefined) throw new Error("the keeper went away");
  return keeper;
}

/** Lets the only keeper of a person keep what they post and these collections. */
export async function letKeep(
  owner: TestPerson,
  mode: KeeperChoice["mode"],
  collections: readonly SpaceId[],
  some: Partial<KeeperChoice> = {},
): Promise<void> {
  const [mine] = owner.core.states.keepers({}).peek().mine;
  if (mine === undefined) throw new Error("no keeper");
  await owner.core.handlers.setKeeper({
    person: mine.person,
    mode,
    feeds: true,
    collections,
    bytes: null,
    until: null,
    ...some,
  });
}
