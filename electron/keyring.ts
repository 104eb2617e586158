/** Electron's `safeStorage`, in the versions there are: promises since 45, plain calls before. */
export interface SafeStorage {
  readonly isAsyncEncryptionAvailable?: () => Promise<boolean>;
  readonly encryptStringAsync?: (text: string) => Promise<Buffer>;
  readonly decryptStringAsync?: (
    sealed: Buffer,
  ) => Promise<{ readonly result: string }>;
  readonly isEncryptionAvailable?: () => boolean;
  readonly encryptString?: (text: string) => Buffer;
  readonly decryptString?: (sealed: Buffer) => string;
  /** Linux only. */
  readonly getSelectedStorageBackend?: () => string;
}

/** The computer's own secret store, as the core asks for it. */
export interface Keyring {
  readonly seal: (secret: Uint8Array) => Promise<Uint8Array>;
  readonly unseal: (sealed: Uint8Array) => Promise<Uint8Array>;
}

/** A store with a password that everybody knows keeps nothing. */
const WORTHLESS_BACKENDS: ReadonlySet<string> = new Set([
  "basic_text",
  "unknown",
]);

/** The keyring of this computer; null where there is none that counts (ID4). */
export async function openKeyring(
  storage: SafeStorage,
  platform: string,
): Promise<Keyring | null> {
  const calls = storageCalls(storage);
  if (calls === null) return null;
  try {
    if (!(await calls.isAvailable())) return null;
  } catch {
    return null;
  }
  if (
    platform === "linux" &&
    WORTHLESS_BACKENDS.has(storage.getSelectedStorageBackend?.() ?? "unknown")
  )
    return null;
  return {
    async seal(secret) {
      // The store takes text only.
      return calls.encrypt(Buffer.from(secret).toString("base64"));
    },
    async unseal(sealed) {
      const text = await calls.decrypt(Buffer.from(sealed));
      return Buffer.from(text, "base64");
    },
  };
}

interface Calls {
  isAvailable(): Promise<boolean>;
  encrypt(text: string): Promise<Buffer>;
  decrypt(sealed: Buffer): Promise<string>;
}

function storageCalls(storage: SafeStorage): Calls | null {
  const { isAsyncEncryptionAvailable, encryptStringAsync, decryptStringAsync } =
    storage;
  if (isAsyncEncryptionAvailable && encryptStringAsync && decryptStringAsync)
    return {
      isAvailable: () => isAsyncEncryptionAvailable.call(storage),
      encrypt: (text) => encryptStringAsync.call(storage, text),
      decrypt: async (sealed) =>
        (await decryptStringAsync.call(storage, sealed)).result,
    };
  const { isEncryptionAvailable, encryptString, decryptString } = storage;
  if (isEncryptionAvailable && encryptString && decryptString)
    return {
      isAvailable: async () => isEncryptionAvailable.call(storage),
      encrypt: async (text) => encryptString.call(storage, text),
      decrypt: async (sealed) => decryptString.call(storage, sealed),
    };
  return null;
}
