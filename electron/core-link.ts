import type { Ask, FromCore, ToCore } from "#core/rpc/shell-wire.ts";
import type { DesktopPort } from "./desktop.ts";
import type { Keyring } from "./keyring.ts";

/** What passes between the core's process and this one, besides files and pages. */
export interface CoreLink {
  receive(message: FromCore): void;
  /** Grants a path that a person dropped or picked; a grant or a failure's code and details, as the core gave it. */
  grant(path: string): Promise<unknown>;
  /** Grants bytes that have no place on disk; answered like `grant`. */
  keep(bytes: Uint8Array, name: string): Promise<unknown>;
}

export interface CoreLinkOptions {
  readonly post: (message: ToCore) => boolean;
  readonly keyring: Keyring | null;
  readonly desktop: DesktopPort;
}

type Told = Extract<ToCore, { kind: "told" }>["value"];

export function createCoreLink(options: CoreLinkOptions): CoreLink {
  const { post, keyring, desktop } = options;
  const grants = new Map<number, (answer: unknown) => void>();
  let lastId = 0;

  async function answer(ask: Ask): Promise<Told> {
    switch (ask.what) {
      case "seal":
        return (await present(keyring).seal(ask.bytes)) satisfies Uint8Array;
      case "unseal":
        return await present(keyring).unseal(ask.bytes);
      case "pick":
        return [...(await desktop.pick(ask.of))];
      case "open":
        await desktop.open(ask.path);
        return null;
      case "show":
        desktop.show(ask.path);
        return null;
    }
  }

  async function tell(id: number, ask: Ask): Promise<void> {
    try {
      post({ kind: "told", id, value: await answer(ask) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      post({ kind: "refused", id, reason });
    }
  }

  /** Asks the core for a grant; a core that is not there is an answer too. */
  function ask(question: (id: number) => ToCore): Promise<unknown> {
    return new Promise((resolve) => {
      const id = ++lastId;
      grants.set(id, resolve);
      if (post(question(id))) return;
      grants.delete(id);
      resolve({ code: "core-unavailable", details: {} });
    });
  }

  return {
    receive(message) {
      // Never rejects: whatever goes wrong is told to the core.
      if (message.kind === "ask") tell(message.id, message.ask).catch(ignore);
      else if (message.kind === "granted") {
        grants.get(message.id)?.(message.answer);
        grants.delete(message.id);
      }
    },
    grant: (path) => ask((id) => ({ kind: "grant", id, path })),
    keep: (bytes, name) => ask((id) => ({ kind: "keep", id, bytes, name })),
  };
}

function present(keyring: Keyring | null): Keyring {
  if (keyring === null) throw new Error("no keyring");
  return keyring;
}

function ignore(): void {
  // Nothing to do.
}
