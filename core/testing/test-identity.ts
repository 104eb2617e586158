import { Identity } from "#core/identity/identity.ts";
import { phraseWords } from "#core/identity/phrase.ts";
import { makeSecrets } from "#core/identity/secrets.ts";
import { seededRandom } from "./seeded-random.ts";

/** The recovery words of the person with this name, the same in every test. */
export function testPhrase(name: string): string {
  return phraseWords(seededRandom(`person ${name}`).bytes(32)).join(" ");
}

/** A device of the person with this name, with the same keys in every test. */
export async function testIdentity(
  name: string,
  device = "first",
): Promise<Identity> {
  const random = seededRandom(`device ${name} ${device}`);
  return new Identity(await makeSecrets(random, testPhrase(name)));
}
