// Only what we call. `types.test.ts` checks that every member exists in the installed module.
declare module "sodium-universal" {
  const sodium: {
    crypto_sign_seed_keypair(
      publicKey: Buffer,
      secretKey: Buffer,
      seed: Buffer,
    ): void;
    crypto_sign_detached(
      signature: Buffer,
      message: Buffer,
      secretKey: Buffer,
    ): void;
    crypto_sign_verify_detached(
      signature: Buffer,
      message: Buffer,
      publicKey: Buffer,
    ): boolean;
    crypto_generichash(output: Buffer, input: Buffer, key?: Buffer): void;
    crypto_generichash_batch(
      output: Buffer,
      inputs: readonly Buffer[],
      key?: Buffer,
    ): void;
    crypto_secretbox_easy(
      output: Buffer,
      message: Buffer,
      nonce: Buffer,
      key: Buffer,
    ): void;
    crypto_secretbox_open_easy(
      output: Buffer,
      box: Buffer,
      nonce: Buffer,
      key: Buffer,
    ): boolean;
    crypto_sign_ed25519_pk_to_curve25519(
      output: Buffer,
      publicKey: Buffer,
    ): void;
    crypto_sign_ed25519_sk_to_curve25519(
      output: Buffer,
      secretKey: Buffer,
    ): void;
    crypto_box_seed_keypair(
      publicKey: Buffer,
      secretKey: Buffer,
      seed: Buffer,
    ): void;
    crypto_box_easy(
      output: Buffer,
      message: Buffer,
      nonce: Buffer,
      publicKey: Buffer,
      secretKey: Buffer,
    ): void;
    crypto_box_seal_open(
      output: Buffer,
      box: Buffer,
      publicKey: Buffer,
      secretKey: Buffer,
    ): boolean;
    crypto_pwhash_async(
      output: Buffer,
      password: Buffer,
      salt: Buffer,
      operations: number,
      memory: number,
      algorithm: number,
    ): Promise<void>;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      output: Buffer,
      message: Buffer,
      data: Buffer | null,
      secretNonce: null,
      nonce: Buffer,
      key: Buffer,
    ): number;
    /** Throws when the tag is wrong. */
    crypto_aead_xchacha20poly1305_ietf_decrypt(
      output: Buffer,
      secretNonce: null,
      box: Buffer,
      data: Buffer | null,
      nonce: Buffer,
      key: Buffer,
    ): number;
    sodium_memzero(buffer: Buffer): void;
    readonly crypto_pwhash_ALG_ARGON2ID13: number;
    readonly crypto_pwhash_OPSLIMIT_MODERATE: number;
    readonly crypto_pwhash_MEMLIMIT_MODERATE: number;
    readonly crypto_pwhash_SALTBYTES: number;
    readonly crypto_secretbox_NONCEBYTES: number;
    readonly crypto_secretbox_MACBYTES: number;
  };
  export = sodium;
}
