import HyperDHT from "hyperdht";
import { expect, test } from "vitest";
import {
  compareDistance,
  nodeId,
  packAddresses,
  readPeers,
  unpackAddresses,
} from "./dht-wire.ts";

const SOME = [
  { host: "10.1.2.3", port: 1 },
  { host: "255.254.253.252", port: 65_535 },
];

test("addresses come out of their six bytes as they went in", () => {
  const packed = packAddresses(SOME);
  expect(packed.length).toBe(12);
  expect(unpackAddresses(packed)).toEqual(SOME);
  expect(unpackAddresses(Buffer.alloc(0))).toEqual([]);
});

test("records of an answer are read; what is none, is cut or goes on without end gives nothing", () => {
  const key = Buffer.alloc(32, 7);
  const record = Buffer.concat([key, Buffer.from([2]), packAddresses(SOME)]);
  const two = Buffer.concat([
    Buffer.from([2]),
    record,
    record,
    Buffer.from([0]),
  ]);
  expect(readPeers(two)).toEqual([
    { publicKey: key, relayAddresses: SOME },
    { publicKey: key, relayAddresses: SOME },
  ]);
  for (let length = 0; length < two.length - 1; length++)
    expect(readPeers(two.subarray(0, length))).toEqual([]);
  expect(readPeers(null)).toEqual([]);
  expect(readPeers(Buffer.alloc(2_000, 200))).toEqual([]);
  const many = Buffer.concat([key, Buffer.from([200]), Buffer.alloc(1_200)]);
  expect(readPeers(Buffer.concat([Buffer.from([1]), many]))).toEqual([]);
});

test("nodes stand where their address puts them, and the nearer one is told", () => {
  const [a, b] = SOME.map(nodeId);
  if (a === undefined || b === undefined) throw new Error("no ids");
  expect(a).toEqual(HyperDHT.hash(packAddresses(SOME.slice(0, 1))));
  expect(compareDistance(a, a, b)).toBeLessThan(0);
  expect(compareDistance(b, a, b)).toBeGreaterThan(0);
  expect(compareDistance(a, b, b)).toBe(0);
});
