import { untilHere, type LabPerson } from "./lab-person.ts";
import type { UntilOptions } from "./until.ts";

const HOUR_MS = 3_600_000;

/** One invites, the other opens the link; waits until the invite is taken. */
export async function befriend(
  a: LabPerson,
  b: LabPerson,
  options: UntilOptions,
): Promise<void> {
  const made = await a.call("createInvite", {
    lifeMs: HOUR_MS,
    uses: 1,
    message: "",
  });
  await b.call("openLink", { link: made.link });
  await untilHere(
    a.state("invites", {}),
    (all) =>
      all.made.some(
        (one) => one.invite === made.invite && one.takenBy.length === 1,
      ),
    options,
  );
}

export async function post(one: LabPerson, text: string): Promise<void> {
  await one.call("post", {
    text,
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
}

/** Waits until a post is on somebody's first page. */
export function hasPost(
  one: LabPerson,
  text: string,
  options: UntilOptions,
): Promise<void> {
  return untilHere(
    one.state("feed", { filter: "all", first: 0, count: 10 }),
    ({ items }) => items.some((item) => item.text === text),
    options,
  );
}

/** Waits until somebody has a line to a contact, or has none. */
export function untilConnected(
  one: LabPerson,
  isWanted: boolean,
  options: UntilOptions,
): Promise<void> {
  return untilHere(
    one.state("network", {}),
    ({ connected }) => connected.length > 0 === isWanted,
    options,
  );
}
