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
