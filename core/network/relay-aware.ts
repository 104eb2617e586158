import type NoiseSecretStream from "@hyperswarm/secret-stream";
import HyperDHT from "hyperdht";

/**
 * Ways tried at one time where one of the two routers takes another port for each
 * far end; each holds 256 sockets for a while. The library tries one, and then none
 * for twenty seconds: two who call each other at one moment refuse each other, and
 * of twenty contacts the last is reached after minutes.
 */
const PUNCHES_AT_ONCE = 4;
/** Between two such tries; nothing at all would mean the library's twenty seconds. */
const PUNCH_PAUSE_MS = 1;

/**
 * A DHT node that knows which of its streams go through a helper. The library
 * joins the helper's stream under ours and tells nobody: what it opens for that
 * is the only thing it opens without options, and both then have one far end.
 */
export class RelayAwareDht extends HyperDHT {
  readonly #toHelpers = new Map<NoiseSecretStream, Buffer>();

  constructor(options: HyperDHT.Options) {
    super({ ...options, randomPunchInterval: PUNCH_PAUSE_MS });
    this._randomPunchLimit = PUNCHES_AT_ONCE;
  }

  override connect(
    publicKey: Buffer,
    options?: HyperDHT.ConnectOptions,
  ): NoiseSecretStream {
    if (options !== undefined) return super.connect(publicKey, options);
    // Another key each time: the helper is not told which lines are of one device.
    const stream = super.connect(publicKey, { keyPair: HyperDHT.keyPair() });
    this.#toHelpers.set(stream, publicKey);
    stream.once("close", () => this.#toHelpers.delete(stream));
    return stream;
  }

  /** The key of the helper that a stream goes through; null for a direct one. */
  helperOf(stream: NoiseSecretStream): Buffer | null {
    const far = farEnd(stream);
    if (far === null) return null;
    for (const [toHelper, publicKey] of this.#toHelpers)
      if (farEnd(toHelper) === far) return publicKey;
    return null;
  }
}

/** The far end of the datagrams under a stream; they are as the library left them. */
function farEnd(stream: NoiseSecretStream): string | null {
  // The library takes it away when the stream ends.
  const rawStream: unknown = Reflect.get(stream, "rawStream");
  if (typeof rawStream !== "object" || rawStream === null) return null;
  const host: unknown = Reflect.get(rawStream, "remoteHost");
  const port: unknown = Reflect.get(rawStream, "remotePort");
  return typeof host === "string" && typeof port === "number" && port > 0
    ? `${host} ${String(port)}`
    : null;
}
