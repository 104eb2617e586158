// Starts the core with its browser host, and talks to it as the page does.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";
import { ROOT } from "./prepare.mjs";

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/;
/** Two machines that meet on one computer take seconds; a minute is a fault. */
const WAIT_MS = 60_000;

/**
 * @typedef {{ readonly url: string, close(): Promise<void> }} HostProcess
 * @typedef {Awaited<ReturnType<typeof openClient>>} Client
 */

/**
 * Starts a host and waits for its address.
 * @param {readonly string[]} args
 * @returns {Promise<HostProcess>}
 */
export async function startHostProcess(args) {
  const child = spawn(
    process.execPath,
    [join(ROOT, "dist/core/main.js"), "--host", ...args],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "exit");
  /** @type {string[]} */
  const said = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    const url = ADDRESS.exec(line)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      async close() {
        child.kill("SIGTERM");
        await ended;
      },
    };
  }
  throw new Error(said.join("\n") || "the core ended without a word");
}

/**
 * The contract over a host's web socket, without its types: for scripts.
 * @param {string} url the address with its token
 */
export async function openClient(url) {
  const { host, origin, hash } = new URL(url);
  const socket = new WebSocket(`ws://${host}/core`, { origin });
  await once(socket, "open");
  /** @type {Map<number, (reply: any) => void>} */
  const listeners = new Map();
  let lastId = 0;
  socket.send(JSON.stringify({ token: hash.slice("#token=".length) }));
  await once(socket, "message");
  socket.on("message", (data) => {
    const reply = JSON.parse(Buffer.isBuffer(data) ? data.toString() : "{}");
    listeners.get(reply.id)?.(reply);
  });

  return {
    /**
     * @param {string} method
     * @param {object} input
     * @returns {Promise<any>}
     */
    call(method, input) {
      return new Promise((resolve, reject) => {
        const id = ++lastId;
        listeners.set(id, (reply) => {
          listeners.delete(id);
          if (reply.kind === "answer") resolve(reply.value);
          else reject(new Error(`${method}: ${describe(reply)}`));
        });
        socket.send(JSON.stringify({ kind: "call", id, method, input }));
      });
    },
    /**
     * Waits until a state has a value that `wanted` finds something in; answers with that.
     * @template T
     * @param {string} state
     * @param {object} params
     * @param {(value: any) => T | null | undefined | false} wanted
     * @returns {Promise<T>}
     */
    until(state, params, wanted) {
      return new Promise((resolve, reject) => {
        const id = ++lastId;
        /** @param {() => void} act */
        const settle = (act) => {
          clearTimeout(late);
          listeners.delete(id);
          socket.send(JSON.stringify({ kind: "unwatch", id }));
          act();
        };
        const late = setTimeout(() => {
          settle(() => {
            reject(new Error(`${state} did not become what was waited for`));
          });
        }, WAIT_MS);
        listeners.set(id, (reply) => {
          if (reply.kind === "error")
            settle(() => {
              reject(new Error(`${state}: ${describe(reply)}`));
            });
          const found = reply.kind === "value" ? wanted(reply.value) : null;
          if (found !== null && found !== undefined && found !== false)
            settle(() => {
              resolve(found);
            });
        });
        socket.send(JSON.stringify({ kind: "watch", id, state, params }));
      });
    },
    close() {
      socket.close();
    },
  };
}

/** @param {{ code: string, details: unknown }} reply */
function describe({ code, details }) {
  return `${code} ${JSON.stringify(details)}`;
}
