import NoiseSecretStream from "@hyperswarm/secret-stream";
import { expect, onTestFinished, test } from "vitest";
import { createPipe } from "./pipe.ts";
import { RelayAwareDht } from "./relay-aware.ts";

test("ME9: a stream that ended meanwhile goes through no helper, and asking does no harm", async () => {
  const dht = new RelayAwareDht({ bootstrap: [], host: "127.0.0.1" });
  onTestFinished(() => dht.destroy());
  const [near] = createPipe();
  const stream = new NoiseSecretStream(true, near);
  stream.on("error", () => undefined);
  stream.destroy();
  await new Promise((resolve) => stream.once("close", resolve));
  // As the library leaves it behind.
  Reflect.set(stream, "rawStream", null);
  expect(dht.helperOf(stream)).toBeNull();
});

test("ME1: through routers that take another port for each far end several ways are tried at one time, and the next at once", async () => {
  const dht = new RelayAwareDht({ bootstrap: [], host: "127.0.0.1" });
  onTestFinished(() => dht.destroy());
  const limits = ["_randomPunchLimit", "_randomPunchInterval"] as const;
  expect(limits.map((name): unknown => Reflect.get(dht, name))).toEqual([4, 1]);
});
