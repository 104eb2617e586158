// Only what we call. `types.test.ts` checks that every member exists on the installed class.
declare module "protomux" {
  interface EncodingState {
    start: number;
    end: number;
    buffer: Uint8Array | null;
  }
  // Every message is bytes, as with `raw`: on Node they come as a Buffer.
  interface Encoding {
    preencode(state: EncodingState, value: Buffer): void;
    encode(state: EncodingState, value: Buffer): void;
    decode(state: EncodingState): Uint8Array;
  }

  namespace Protomux {
    interface Message<T> {
      /** False when the stream is full: wait for `ondrain`. */
      send(message: T): boolean;
    }
    interface Channel {
      readonly opened: boolean;
      readonly closed: boolean;
      readonly messages: readonly Message<Buffer>[];
      open(handshake?: unknown): void;
      close(): void;
      cork(): void;
      uncork(): void;
    }
    interface ChannelOptions {
      protocol: string;
      id?: Buffer | null;
      unique?: boolean;
      messages: {
        encoding: Encoding;
        onmessage: (message: Buffer) => void;
      }[];
      onopen?: () => void;
      onclose?: () => void;
      ondestroy?: () => void;
      ondrain?: () => void;
    }
  }

  class Protomux {
    constructor(stream: unknown);
    static from(stream: unknown): Protomux;
    readonly stream: unknown;
    createChannel(opts: Protomux.ChannelOptions): Protomux.Channel | null;
    pair(
      opts: { protocol: string; id?: Buffer | null },
      notify: (id: Buffer | null) => void,
    ): void;
    unpair(opts: { protocol: string; id?: Buffer | null }): void;
    destroy(error?: Error): void;
  }
  export = Protomux;
}
