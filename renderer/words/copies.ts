import type { Copies } from "#core/contract/feed-models.ts";
import { peopleWords } from "./people.ts";
import { plural } from "./time.ts";

/**
 * Where copies of an own post are; null for posts of others. Never "sent": a
 * post is out when another computer holds it. `isOff`: the network is switched off.
 */
export function copiesWords(copies: Copies, isOff = false): string | null {
  if (copies === null) return null;
  if (copies.stage === "here" || copies.people.length === 0) {
    return `Only on this computer. Goes out when ${isOff ? "you use the network again" : "a contact connects"}`;
  }
  const { keepers = [] } = copies;
  if (keepers.length > 0) {
    const others = copies.people.length - keepers.length;
    const kept = `Kept by ${peopleWords(keepers, 3)}`;
    return others === 0
      ? kept
      : `${kept}, and on ${plural(others, "other computer")}`;
  }
  const count = plural(copies.people.length, "other computer");
  return `On ${count}: ${peopleWords(copies.people, 3)}`;
}
