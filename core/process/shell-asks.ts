import type { Desktop, Keyring } from "#core/core-port.ts";
import type { Ask, FromCore } from "#core/rpc/shell-wire.ts";

type Told = Uint8Array | readonly string[] | null;

/** What the core asks of the main process, and the answers that come back. */
export interface ShellAsks {
  readonly keyring: Keyring;
  readonly desktop: Desktop;
  told(id: number, value: Told): void;
  refused(id: number, reason: string): void;
}

/** Keyring and desktop that live in the main process. */
export function createShellAsks(send: (message: FromCore) => void): ShellAsks {
  const open = new Map<
    number,
    { resolve: (value: Told) => void; reject: (error: Error) => void }
  >();
  let lastId = 0;

  function ask(what: Ask): Promise<Told> {
    return new Promise((resolve, reject) => {
      const id = ++lastId;
      open.set(id, { resolve, reject });
      send({ kind: "ask", id, ask: what });
    });
  }

  async function askBytes(what: Ask): Promise<Uint8Array> {
    const told = await ask(what);
    if (!(told instanceof Uint8Array)) throw new Error("expected bytes");
    return told;
  }

  return {
    keyring: {
      seal: (bytes) => askBytes({ what: "seal", bytes }),
      unseal: (bytes) => askBytes({ what: "unseal", bytes }),
    },
    desktop: {
      canListFolders: false,
      async pick(of) {
        const told = await ask({ what: "pick", of });
        return told instanceof Uint8Array ? null : told;
      },
      async open(path) {
        await ask({ what: "open", path });
      },
      async show(path) {
        await ask({ what: "show", path });
      },
    },
    told(id, value) {
      open.get(id)?.resolve(value);
      open.delete(id);
    },
    refused(id, reason) {
      open.get(id)?.reject(new Error(reason));
      open.delete(id);
    },
  };
}
