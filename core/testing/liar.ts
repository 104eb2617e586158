import c from "compact-encoding";
import Protomux from "protomux";
import { onTestFinished } from "vitest";
import type { MemoryHub } from "#core/network/memory.ts";
import type { Line } from "#core/network/port.ts";

/** One line as a device without our rules has it. */
export interface LiarLine {
  readonly line: Line;
  readonly mux: Protomux;
  /** Opens a channel of a protocol with this many kinds of messages. */
  speak(protocol: string, kinds: number): LiarChannel;
}

export interface LiarChannel {
  /** Sends bytes as they are. */
  send(kind: number, bytes: Buffer): void;
  json(kind: number, message: unknown): void;
  /** What came back, each as its kind and its JSON. */
  readonly heard: readonly (readonly [kind: number, message: unknown])[];
}

/** A device on the hub that says what it likes, met on the topics of its choice. */
export interface Liar {
  /** Looks for these topics and answers with the next line that comes of it. */
  meet(topics: readonly Buffer[]): Promise<LiarLine>;
}

export function createLiar(hub: MemoryHub, name = "Liar"): Liar {
  const network = hub.network(name);
  onTestFinished(() => network.close());
  let onLine = (line: Line): void => {
    line.close();
  };
  network.onLine((line) => {
    onLine(line);
  });
  return {
    meet(topics) {
      return new Promise((resolve) => {
        onLine = (line) => {
          onLine = (other) => {
            other.close();
          };
          resolve(liarLine(line));
        };
        network.want({ topics, addresses: [] });
      });
    },
  };
}

/** The lying end of a line that is up. */
export function liarLine(line: Line): LiarLine {
  const mux = Protomux.from(line.stream);
  return {
    line,
    mux,
    speak(protocol, kinds) {
      const heard: (readonly [number, unknown])[] = [];
      const channel = mux.createChannel({
        protocol,
        unique: true,
        messages: Array.from({ length: kinds }, (_, kind) => ({
          encoding: c.raw,
          onmessage(bytes: Buffer) {
            heard.push([kind, JSON.parse(bytes.toString())]);
          },
        })),
      });
      channel?.open();
      function send(kind: number, bytes: Buffer): void {
        channel?.messages[kind]?.send(bytes);
      }
      return {
        heard,
        send,
        json(kind, message) {
          send(kind, Buffer.from(JSON.stringify(message)));
        },
      };
    },
  };
}
