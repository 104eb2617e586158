// Only what we call. `types.test.ts` checks that every member exists in the installed module.
declare module "bip39-mnemonic" {
  const bip39: {
    entropyToMnemonic(entropy: Buffer, opts: { language: "english" }): string;
    /** Throws on unknown words, a wrong count and a wrong checksum. */
    mnemonicToEntropy(mnemonic: string): Buffer;
  };
  export = bip39;
}

declare module "bip39-mnemonic/wordlist/index.js" {
  const wordlist: {
    loadWordlist(language: "english"): readonly string[];
  };
  export = wordlist;
}
