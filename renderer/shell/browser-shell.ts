import { CoreError } from "#core/contract/errors.ts";
import { readOutside } from "#core/contract/outside.ts";
import { createClient } from "#core/rpc/client.ts";
import { isObject } from "#core/rpc/wire.ts";
import type { Port } from "#core/rpc/wire.ts";
import { createLinks } from "./links.ts";
import { readGrant } from "./read-grant.ts";
import type { Shell } from "./shell.ts";
import { readText, socketPort } from "./socket-port.ts";
import type { PageSocket } from "./socket-port.ts";
import { takeOpening } from "./token.ts";
import type { TokenWindow } from "./token.ts";

/** What a browser tab gives; handed in, so that a test can be one. */
export type BrowserWindow = TokenWindow & {
  readonly location: Pick<Location, "hash" | "pathname" | "host">;
  fetch(address: string, init: RequestInit): Promise<Response>;
  createSocket(address: string): PageSocket;
  open(address: string): void;
  readonly after: (ms: number, task: () => void) => () => void;
};

/**
 * The shell of a tab that the loopback host serves.
 * @throws `core-unavailable` in a tab that was opened without the token, or when the host is gone
 */
export async function connectBrowser(window: BrowserWindow): Promise<Shell> {
  async function post(
    bearer: string,
    path: string,
    body: File | null,
  ): Promise<unknown> {
    const response = await window.fetch(path, {
      method: "POST",
      headers: { Authorization: `Bearer ${bearer}` },
      body,
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
    return readText(await response.text());
  }

  async function ask(
    bearer: string,
    path: string,
    field: string,
  ): Promise<string | null> {
    const answer = await post(bearer, path, null).catch(() => null);
    const value = isObject(answer) ? answer[field] : null;
    return typeof value === "string" ? value : null;
  }

  const { token, link } = await takeOpening(window, (code) =>
    ask(code, "/launch", "token"),
  );
  if (token === null) throw new CoreError("core-unavailable", {});
  const files = await ask(token, "/session", "files");
  if (files === null) throw new CoreError("core-unavailable", {});

  function connect(): Promise<Port> {
    return new Promise((resolve, reject) => {
      const socket = window.createSocket(`ws://${window.location.host}/core`);
      socket.addEventListener("open", () => {
        socket.send(JSON.stringify({ token }));
      });
      // The first message is the host's welcome; the port is the core's from then on.
      socket.addEventListener(
        "message",
        () => {
          resolve(socketPort(socket));
        },
        { once: true },
      );
      socket.addEventListener("close", () => {
        reject(new CoreError("core-unavailable", {}));
      });
    });
  }

  const links = createLinks();
  if (link !== null) links.deliver(link);
  return {
    client: createClient({ connect, timers: { after: window.after } }),
    fileUrl: (root, name) => `${files}${root}?name=${encodeURIComponent(name)}`,
    async grant(file) {
      const name = encodeURIComponent(file.name);
      let answer: unknown;
      try {
        answer = await post(token, `/upload?name=${name}`, file);
      } catch {
        // A folder has no bytes to send; a browser tells no more than that.
        return null;
      }
      return readGrant(answer);
    },
    openOutside(address) {
      const outside = readOutside(address);
      if (outside !== null) window.open(outside);
    },
    onLink: links.onLink,
  };
}
