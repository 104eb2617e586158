import NoiseSecretStream from "@hyperswarm/secret-stream";
import { expect, test } from "vitest";
import { openLine } from "./line.ts";
import { createPipe } from "./pipe.ts";

const FACTS = () => ({ transport: "memory", remote: null }) as const;

test("a stream that closes before the handshake is no line", async () => {
  const [near, far] = createPipe();
  const opening = openLine(new NoiseSecretStream(true, near), FACTS);
  far.destroy();
  expect(await opening).toBeNull();
});

test("a stream that fails before the handshake is no line, and no crash", async () => {
  const [near, far] = createPipe();
  const opening = openLine(new NoiseSecretStream(true, near), FACTS);
  far.on("data", () => undefined);
  far.write(Buffer.from([4, 0, 0, 1, 2, 3, 4]));
  expect(await opening).toBeNull();
});

test("a line tells when it is gone, from either end, with an error or without", async () => {
  for (const isError of [false, true]) {
    const [near, far] = createPipe();
    const [one, other] = await Promise.all([
      openLine(new NoiseSecretStream(true, near), FACTS),
      openLine(new NoiseSecretStream(false, far), FACTS),
    ]);
    expect(one?.isInitiator).toBe(true);
    expect(one?.handshakeHash).toEqual(other?.handshakeHash);
    if (isError) far.destroy(new Error("reset"));
    else other?.close();
    await Promise.all([one?.closed, other?.closed]);
    expect(one?.stream.destroyed).toBe(true);
  }
});
