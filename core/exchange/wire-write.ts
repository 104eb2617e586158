import c from "compact-encoding";

/** Puts numbers and bytes one after another. */
export interface Put {
  uint(value: number): void;
  bytes(value: Uint8Array): void;
}

/** Runs `put` twice: to measure, then to write into one buffer of just that size. */
export function write(put: (to: Put) => void): Buffer {
  const size = c.state();
  put({
    uint: (value) => {
      c.uint.preencode(size, value);
    },
    bytes: (value) => {
      size.end += value.byteLength;
    },
  });
  const buffer = Buffer.allocUnsafe(size.end);
  const state = c.state(0, size.end, buffer);
  put({
    uint: (value) => {
      c.uint.encode(state, value);
    },
    bytes: (value) => {
      buffer.set(value, state.start);
      state.start += value.byteLength;
    },
  });
  return buffer;
}
