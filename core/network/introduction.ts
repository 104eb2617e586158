import type NoiseSecretStream from "@hyperswarm/secret-stream";
import sodium from "sodium-universal";
import { delay, type Clock } from "#core/base/clock.ts";

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const PATIENCE_MS = 3_000;

/**
 * Over the DHT each topic has a key of its own, so that two lines to one device
 * do not show it. On a line that is up, whose other end thus knows a topic, each
 * side first says under which key all its lines of this run are one: a key, and
 * its signature over the handshake and the side that signs. Answers with the
 * other's; null where none came or it is wrong. The next bytes are the line's.
 */
export async function introduce(
  stream: NoiseSecretStream,
  own: NoiseSecretStream.KeyPair,
  clock: Clock,
): Promise<Buffer | null> {
  const signature = Buffer.alloc(SIGNATURE_BYTES);
  const said = signedBy(stream, stream.isInitiator);
  sodium.crypto_sign_detached(signature, said, own.secretKey);
  const first = firstMessage(stream);
  stream.write(Buffer.concat([own.publicKey, signature]));
  const over = new AbortController();
  const late = delay(clock, PATIENCE_MS, over.signal).then(
    () => null,
    () => null,
  );
  const message = await Promise.race([first, late]);
  over.abort();
  if (message?.length !== KEY_BYTES + SIGNATURE_BYTES) return null;
  const key = message.subarray(0, KEY_BYTES);
  const isTrue = sodium.crypto_sign_verify_detached(
    message.subarray(KEY_BYTES),
    signedBy(stream, !stream.isInitiator),
    key,
  );
  return isTrue ? key : null;
}

function signedBy(stream: NoiseSecretStream, isInitiator: boolean): Buffer {
  const side = isInitiator ? "initiator" : "responder";
  const label = Buffer.from(`commonplace introduction 1 ${side} `);
  return Buffer.concat([label, stream.handshakeHash]);
}

/** Takes the first message and nothing after it. */
function firstMessage(stream: NoiseSecretStream): Promise<Buffer | null> {
  return new Promise((resolve) => {
    function onData(bytes: Uint8Array): void {
      stream.off("data", onData);
      stream.off("close", onClose);
      stream.pause();
      resolve(Buffer.from(bytes));
    }
    function onClose(): void {
      resolve(null);
    }
    stream.on("data", onData);
    stream.on("close", onClose);
  });
}
