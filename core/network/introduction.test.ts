import NoiseSecretStream from "@hyperswarm/secret-stream";
import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { introduce } from "./introduction.ts";
import { createPipe } from "./pipe.ts";

const [ana, ben] = [1, 2].map((seed) =>
  NoiseSecretStream.keyPair(Buffer.alloc(32, seed)),
);

async function line() {
  const [near, far] = createPipe();
  const streams = [
    new NoiseSecretStream(true, near),
    new NoiseSecretStream(false, far),
  ] as const;
  for (const stream of streams) stream.on("error", () => undefined);
  await Promise.all(streams.map(({ opened }) => opened));
  return streams;
}

/** The next messages, as many as are expected. */
function read(stream: NoiseSecretStream, count: number): Promise<string[]> {
  const heard: string[] = [];
  return new Promise((resolve) => {
    stream.on("data", (bytes: Buffer) => {
      heard.push(bytes.toString());
      if (heard.length === count) resolve(heard);
    });
  });
}

test("both ends learn the other's key, and what is sent right behind it is the line's", async () => {
  if (ana === undefined || ben === undefined) throw new Error("no keys");
  const clock = createManualClock();
  const [near, far] = await line();
  const both = [introduce(near, ana, clock), introduce(far, ben, clock)];
  near.write(Buffer.from("first"));
  near.write(Buffer.from("second"));
  expect(await Promise.all(both)).toEqual([ben.publicKey, ana.publicKey]);
  expect(await read(far, 2)).toEqual(["first", "second"]);
  expect(clock.due).toEqual([]);
});

test("an introduction from another line, or sent back, is none", async () => {
  if (ana === undefined || ben === undefined) throw new Error("no keys");
  const clock = createManualClock();
  const [near, far] = await line();
  const said = new Promise<Buffer>((resolve) => far.once("data", resolve));
  const unanswered = introduce(near, ana, clock);
  const heard = await said;
  const [mine, theirs] = await line();
  const back = introduce(theirs, ben, clock);
  mine.write(heard);
  expect(await back).toBeNull();
  const [again, end] = await line();
  const answer = introduce(again, ben, clock);
  end.once("data", (bytes: Buffer) => end.write(bytes));
  expect(await answer).toBeNull();
  clock.advance(3_000);
  expect(await unanswered).toBeNull();
});

test("who says nothing for three seconds, something else, or goes, is nobody", async () => {
  if (ana === undefined) throw new Error("no keys");
  const clock = createManualClock();
  const [near] = await line();
  const late = introduce(near, ana, clock);
  clock.advance(3_000);
  expect(await late).toBeNull();
  const [second, talker] = await line();
  const wrong = introduce(second, ana, clock);
  talker.write(Buffer.from("hello"));
  expect(await wrong).toBeNull();
  const [third, goer] = await line();
  const gone = introduce(third, ana, clock);
  goer.destroy();
  expect(await gone).toBeNull();
});
