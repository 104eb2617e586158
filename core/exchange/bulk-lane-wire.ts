import { HASH_BYTES } from "#core/files/chunks.ts";
import { WireReader } from "./wire-reader.ts";
import { write } from "./wire-write.ts";

/**
 * How two ends of a line agree on a bulk lane (FI11). Who wants to fetch begins
 * with `want`; the other answers `agree` or `refuse`. Who serves listens, and
 * its `agree` says where; when the other way round was wanted, who fetches
 * listens, and its `listen` says where.
 */
export type LaneMessage =
  | {
      readonly kind: "want";
      readonly lane: number;
      readonly fingerprint: Buffer;
      /** Who fetches listens. */
      readonly isReversed: boolean;
    }
  | {
      readonly kind: "agree";
      readonly lane: number;
      readonly fingerprint: Buffer;
      /** 0 and no token when the other end listens. */
      readonly port: number;
      readonly token: Buffer;
    }
  | {
      readonly kind: "listen";
      readonly lane: number;
      readonly port: number;
      readonly token: Buffer;
    }
  | { readonly kind: "refuse"; readonly lane: number };

/** The order is the number on the wire: only ever add at the end. */
const KINDS = ["want", "agree", "listen", "refuse"] as const;
/** Of a certificate (SHA-256), and of what the caller says first. */
const SECRET_BYTES = 32;
const PORT_MAX = 65_535;

export function encodeLane(message: LaneMessage): Buffer {
  return write((put) => {
    put.uint(message.lane);
    put.uint(KINDS.indexOf(message.kind));
    switch (message.kind) {
      case "want":
        put.bytes(message.fingerprint);
        put.uint(message.isReversed ? 1 : 0);
        break;
      case "agree":
        put.bytes(message.fingerprint);
        put.uint(message.port);
        put.bytes(message.token);
        break;
      case "listen":
        put.uint(message.port);
        put.bytes(message.token);
        break;
      case "refuse":
        break;
    }
  });
}

export function decodeLane(bytes: Buffer): LaneMessage {
  const reader = new WireReader(bytes, 9 + 1 + 2 * HASH_BYTES + 3);
  const message = read(reader);
  if (reader.hasMore) reader.fail("message too long");
  return message;
}

function read(reader: WireReader): LaneMessage {
  const lane = reader.uint(Number.MAX_SAFE_INTEGER);
  const kind = KINDS[reader.uint(KINDS.length - 1)] ?? "refuse";
  switch (kind) {
    case "want": {
      const fingerprint = secret(reader);
      return { kind, lane, fingerprint, isReversed: reader.uint(1) === 1 };
    }
    case "agree": {
      const fingerprint = secret(reader);
      const port = reader.uint(PORT_MAX);
      return { kind, lane, fingerprint, port, token: token(reader, port) };
    }
    case "listen": {
      const port = reader.uint(PORT_MAX);
      return { kind, lane, port, token: token(reader, port) };
    }
    case "refuse":
      return { kind, lane };
  }
}

function token(reader: WireReader, port: number): Buffer {
  return port === 0 ? Buffer.alloc(0) : secret(reader);
}

/** A copy: it outlives its message. */
function secret(reader: WireReader): Buffer {
  return Buffer.from(reader.bytes(SECRET_BYTES));
}
