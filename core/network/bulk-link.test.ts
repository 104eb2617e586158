import { connect as connectTcp, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { systemRandom } from "#core/base/random.ts";
import { makeBulkIdentity } from "./bulk-certificate.ts";
import {
  dialBulk,
  listenBulk,
  TOKEN_BYTES,
  type BulkListener,
  type BulkPins,
} from "./bulk-link.ts";

const HOST = "127.0.0.1";
const tools = { clock: systemClock, random: systemRandom };
const open: (Socket | BulkListener)[] = [];
afterEach(() => {
  for (const one of open.splice(0))
    if ("destroy" in one) one.destroy();
    else one.close();
});

/** Pins of two ends that agreed. */
function agreed(): readonly [BulkPins, BulkPins] {
  const [one, other] = [
    makeBulkIdentity(systemRandom),
    makeBulkIdentity(systemRandom),
  ];
  return [
    { identity: one, peer: other.fingerprint },
    { identity: other, peer: one.fingerprint },
  ];
}

async function listening(pins: BulkPins, withinMs?: number) {
  const listener = await listenBulk(HOST, pins, { ...tools, withinMs });
  if (listener === null) throw new Error("loopback has ports");
  open.push(listener);
  return listener;
}

async function dial(
  { port, token }: { readonly port: number; readonly token: Buffer },
  pins: BulkPins,
): Promise<TLSSocket | null> {
  const socket = await dialBulk({ host: HOST, port, token }, pins, null, tools);
  if (socket !== null) open.push(socket);
  return socket;
}

function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.once("close", () => resolve());
    socket.resume();
  });
}

function refused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host: HOST, port });
    socket.on("error", () => resolve(true));
    socket.on("connect", () => {
      socket.destroy();
      resolve(false);
    });
  });
}

test("FI11: two ends that agreed are linked by TLS 1.3 with AES-GCM, and nothing listens any more", async () => {
  const [ours, theirs] = agreed();
  const listener = await listening(ours);
  const caller = await dial(listener, theirs);
  const called = await listener.link;
  expect(called?.getProtocol()).toBe("TLSv1.3");
  expect(called?.getCipher().name).toBe("TLS_AES_128_GCM_SHA256");
  caller?.write("hello");
  const said = await new Promise((resolve) =>
    called?.once("data", (bytes: Buffer) => {
      resolve(bytes.toString());
    }),
  );
  expect(said).toBe("hello");
  expect(await refused(listener.port)).toBe(true);
});

test("FI11: a replayed token finds nobody: a listener is for one link", async () => {
  const [ours, theirs] = agreed();
  const listener = await listening(ours);
  expect(await dial(listener, theirs)).not.toBeNull();
  expect(await listener.link).not.toBeNull();
  expect(await dial(listener, theirs)).toBeNull();
});

test("FI11: a stranger with the token and another certificate is dropped, and the right end still gets in", async () => {
  const [ours, theirs] = agreed();
  const listener = await listening(ours);
  const stranger = await dial(listener, {
    identity: makeBulkIdentity(systemRandom),
    peer: theirs.peer,
  });
  if (stranger !== null) await gone(stranger);
  expect(await dial(listener, theirs)).not.toBeNull();
  expect(await listener.link).not.toBeNull();
});

test("FI11: the right certificate with a wrong token is dropped, and the right token still gets in", async () => {
  const [ours, theirs] = agreed();
  const listener = await listening(ours);
  const { port, token } = listener;
  const wrong = await dial({ port, token: Buffer.alloc(TOKEN_BYTES) }, theirs);
  if (wrong !== null) await gone(wrong);
  expect(await dial({ port, token }, theirs)).not.toBeNull();
  expect(await listener.link).not.toBeNull();
});

test("FI11: an end that answers with another certificate is not sent the token", async () => {
  const [ours, theirs] = agreed();
  const listener = await listening({
    identity: makeBulkIdentity(systemRandom),
    peer: theirs.identity.fingerprint,
  });
  expect(ours.identity.fingerprint).toEqual(theirs.peer);
  expect(await dial(listener, theirs)).toBeNull();
});

test("FI11: garbage, silence and many callers hold nobody up", async () => {
  const [ours, theirs] = agreed();
  const listener = await listening(ours);
  for (let i = 0; i < 5; i++) {
    const caller = connectTcp({ host: HOST, port: listener.port });
    caller.on("error", () => undefined);
    if (i > 1) caller.write(Buffer.alloc(4096, i));
    open.push(caller);
  }
  expect(await dial(listener, theirs)).not.toBeNull();
  expect(await listener.link).not.toBeNull();
});

test("FI11: a port nobody calls is closed after a time", async () => {
  const [ours] = agreed();
  const listener = await listening(ours, 50);
  expect(await listener.link).toBeNull();
  expect(await refused(listener.port)).toBe(true);
});

test("FI11: an address of another computer cannot be listened on", async () => {
  const [ours] = agreed();
  expect(await listenBulk("192.0.2.1", ours, tools)).toBeNull();
});
