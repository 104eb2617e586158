import { createPrivateKey, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { systemRandom } from "#core/base/random.ts";
import { fingerprintOf, makeBulkIdentity } from "./bulk-certificate.ts";

test("FI11: a certificate for one lane is well formed, signs itself and says nothing", () => {
  const { key, certificate, fingerprint } = makeBulkIdentity(systemRandom);
  const read = new X509Certificate(certificate);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(read.subject).toBe("CN=x");
  expect(read.issuer).toBe("CN=x");
  expect(Date.parse(read.validFrom)).toBe(0);
  expect(fingerprintOf(read.raw).equals(fingerprint)).toBe(true);
});

test("FI11: no two certificates are alike, and each of many can be read", () => {
  const prints = new Set<string>();
  // Signatures and serial numbers vary in length; every length must be written right.
  for (let i = 0; i < 200; i++) {
    const { certificate, fingerprint } = makeBulkIdentity(systemRandom);
    const read = new X509Certificate(certificate);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.serialNumber).toHaveLength(32);
    prints.add(fingerprint.toString("hex"));
  }
  expect(prints.size).toBe(200);
});
