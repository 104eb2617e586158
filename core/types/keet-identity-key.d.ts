// Only what we call. `types.test.ts` checks that every member exists on the installed class.
declare module "keet-identity-key" {
  namespace IdentityKey {
    interface KeyPair {
      publicKey: Buffer;
      secretKey: Buffer;
    }
    /** Both are required here, though the package lets them be left out: without them any root verifies. */
    interface Expected {
      expectedIdentity: Buffer;
      expectedDevice: Buffer;
    }
    interface Verified {
      identityPublicKey: Buffer;
      devicePublicKey: Buffer;
    }
  }

  class IdentityKey {
    static from(opts: { mnemonic: string }): Promise<IdentityKey>;
    static attestDevice(
      device: Buffer,
      parent: IdentityKey.KeyPair,
      proof: Buffer,
    ): Buffer;
    static attestData(
      data: Buffer,
      keyPair: IdentityKey.KeyPair,
      proof: Buffer,
    ): Buffer;
    /** Throws on bytes that are no proof, and on a proof over data. */
    static verify(
      proof: Buffer,
      attestedData: null,
      opts: IdentityKey.Expected,
    ): IdentityKey.Verified | null;
    readonly identityPublicKey: Buffer;
    readonly identityKeyPair: IdentityKey.KeyPair;
    bootstrap(device: Buffer): Promise<Buffer>;
    clear(): void;
  }
  export = IdentityKey;
}
