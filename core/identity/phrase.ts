import bip39 from "bip39-mnemonic";
import wordlist from "bip39-mnemonic/wordlist/index.js";
import IdentityKey from "keet-identity-key";
import type { Random } from "#core/base/random.ts";
import { CoreError } from "#core/contract/errors.ts";

/** Words in a recovery phrase (ID1): 256 bits and a checksum of 8. */
const PHRASE_WORDS = 24;
/** The bytes a phrase stands for. */
export const ENTROPY_BYTES = 32;

const LANGUAGE = "english";
const KNOWN: ReadonlySet<string> = new Set(wordlist.loadWordlist(LANGUAGE));

export interface PhraseCheck {
  /** The words as the list spells them, in order. */
  readonly words: readonly string[];
  /** The words that are in no list: typos, as they were given. */
  readonly unknown: readonly string[];
  /** 24 known words whose checksum holds. */
  readonly valid: boolean;
}

/** Fresh entropy for a new person. */
export function makeEntropy(random: Random): Buffer {
  return random.bytes(ENTROPY_BYTES);
}

/** The 24 words that 32 bytes of entropy stand for (ID1). */
export function phraseWords(entropy: Buffer): readonly string[] {
  if (entropy.length !== ENTROPY_BYTES)
    throw new RangeError("entropy is 32 bytes");
  return bip39.entropyToMnemonic(entropy, { language: LANGUAGE }).split(" ");
}

/** Reads words as a person types or pastes them: any case, spacing, numbering and commas. */
export function checkPhrase(text: string): PhraseCheck {
  const words = text
    .normalize("NFKD")
    .toLowerCase()
    .split(/[\s\d.,;:)]+/u)
    .filter((word) => word !== "");
  const unknown = words.filter((word) => !KNOWN.has(word));
  return {
    words,
    unknown,
    valid:
      words.length === PHRASE_WORDS &&
      unknown.length === 0 &&
      entropyOf(words) !== null,
  };
}

/** The entropy behind a phrase. Throws `phrase-wrong`. */
export function readPhrase(text: string): Buffer {
  const { words, unknown, valid } = checkPhrase(text);
  const entropy = valid ? entropyOf(words) : null;
  if (entropy === null)
    throw new CoreError("phrase-wrong", { words: words.length, unknown });
  return entropy;
}

/** The person behind some entropy. Whoever asks calls `clear` when done with it. */
export function openIdentityKey(entropy: Buffer): Promise<IdentityKey> {
  return IdentityKey.from({ mnemonic: phraseWords(entropy).join(" ") });
}

function entropyOf(words: readonly string[]): Buffer | null {
  try {
    return bip39.mnemonicToEntropy(words.join(" "));
  } catch {
    // A wrong checksum: words were swapped, or one stands for another.
    return null;
  }
}
