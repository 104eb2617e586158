import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { Random } from "#core/base/random.ts";

/** What one end of a bulk link shows, and the key that goes with it. */
export interface BulkIdentity {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  /** SHA-256 of the certificate's bytes: what the other end pins. */
  readonly fingerprint: Buffer;
}

/** SHA-256 of a certificate's bytes. */
export function fingerprintOf(certificate: Uint8Array): Buffer {
  return createHash("sha256").update(certificate).digest();
}

/**
 * A fresh P-256 key with a certificate that it signed itself. Made for one link
 * and pinned by its fingerprint, so its name and its times say nothing: no
 * clock and no authority is asked. Curve and hash are those every TLS library
 * has, the desktop shell's too.
 */
export function makeBulkIdentity(random: Random): BulkIdentity {
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
  });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const body = sequence(
    // Version 3, the only one TLS 1.3 takes.
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(serialNumber(random)),
    ECDSA_WITH_SHA256,
    NAME,
    sequence(utcTime("700101000000Z"), generalizedTime("99991231235959Z")),
    NAME,
    spki,
  );
  const signature = sign("sha256", body, privateKey);
  const der = sequence(body, ECDSA_WITH_SHA256, bits(signature));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: pem(der),
    fingerprint: fingerprintOf(der),
  };
}

/*
 * The few shapes of DER that a certificate needs: a tag, a length, the bytes.
 */

function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(bytes), bytes]);
}

/** Up to 127 in one byte; above, the count of bytes that follow comes first. */
function lengthOf({ byteLength }: Uint8Array): Buffer {
  if (byteLength < 0x80) return Buffer.from([byteLength]);
  if (byteLength < 0x100) return Buffer.from([0x81, byteLength]);
  return Buffer.from([0x82, byteLength >> 8, byteLength & 0xff]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...parts);
}

/** A whole number above zero, its highest bit clear. */
function integer(bytes: Uint8Array): Buffer {
  return tagged(0x02, bytes);
}

/** Bytes as a string of bits; 0 are unused in the last byte. */
function bits(bytes: Uint8Array): Buffer {
  return tagged(0x03, Buffer.from([0]), bytes);
}

function utcTime(text: string): Buffer {
  return tagged(0x17, Buffer.from(text, "latin1"));
}

function generalizedTime(text: string): Buffer {
  return tagged(0x18, Buffer.from(text, "latin1"));
}

/** 127 bits; the shortest form of a number begins with a byte that is not 0. */
function serialNumber(random: Random): Buffer {
  const bytes = random.bytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

function pem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(
  tagged(0x06, Buffer.from("2a8648ce3d040302", "hex")),
);
/** The common name "x", 2.5.4.3: libraries want some name. */
const NAME = sequence(
  tagged(
    0x31,
    sequence(
      tagged(0x06, Buffer.from("550403", "hex")),
      tagged(0x0c, Buffer.from("x")),
    ),
  ),
);
