import NoiseSecretStream from "@hyperswarm/secret-stream";
import { expect, onTestFinished, test } from "vitest";
import { createLogger } from "#core/base/logger.ts";
import { LINE_FAULTS, MESSAGE_BYTES } from "#core/contract/limits.ts";
import { openLine } from "#core/network/line.ts";
import type { Line } from "#core/network/port.ts";
import { createPipe } from "#core/network/pipe.ts";
import { AdmittedLogs } from "#core/storage/admitted-logs.ts";
import { liarLine } from "#core/testing/liar.ts";
import type { LiarChannel } from "#core/testing/liar.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import type { SpaceDevice } from "#core/testing/space-device.ts";
import { testIdentity } from "#core/testing/test-identity.ts";
import { testLog, testSpaceId } from "#core/testing/test-ids.ts";
import { until, untilTrue } from "#core/testing/until.ts";
import { inOrder } from "./charter.ts";
import type { SpaceLink } from "./charter.ts";
import { writeHeader } from "./header.ts";
import {
  HAVE,
  LOGS,
  MEET_PROTOCOL,
  PROOF,
  TAGS,
  padTags,
  splitTags,
  writeProof,
} from "./meet-messages.ts";
import { MeetSession } from "./meet-session.ts";
import type { Space } from "./space.ts";
import { tagOf } from "./topics.ts";

async function lines(): Promise<readonly [Line, Line]> {
  const [near, far] = createPipe();
  const [ours, theirs] = await Promise.all(
    [new NoiseSecretStream(true, near), new NoiseSecretStream(false, far)].map(
      (stream) =>
        openLine(stream, () => ({ transport: "memory", remote: null })),
    ),
  );
  if (!ours || !theirs) throw new Error("the line did not open");
  onTestFinished(() => {
    ours.close();
    theirs.close();
  });
  return [ours, theirs];
}

function feedOf(device: SpaceDevice): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "feed",
      founder: device.identity.person,
      nonce: "00".repeat(16),
      audience: "link",
    },
    readKey: Buffer.alloc(32, 1),
  };
}

/** Ana's honest end of a line, with a liar at the other. */
async function anaAndLiar(
  setUp: (ana: SpaceDevice) => Promise<unknown> = () => Promise.resolve(),
) {
  const clock = createManualClock();
  const ana = await openSpaceDevice("ana", { clock });
  const [line, other] = await lines();
  const rules: string[] = [];
  const haves: unknown[] = [];
  const logger = createLogger(
    (text) => {
      const said: unknown = JSON.parse(text);
      if (typeof said === "object" && said !== null && "rule" in said)
        rules.push(String(said.rule));
    },
    () => "test",
  );
  const session = new MeetSession(line, {
    ...ana,
    logger,
    random: seededRandom("ana"),
    barrier: ana.stores.logs.barrier,
    inviteKeys: () => [],
    onHave: (...have) => haves.push(have),
  });
  await setUp(ana);
  session.start();
  const liar = liarLine(other);
  const meet = liar.speak(MEET_PROTOCOL, 4);
  const isOpen = () => !line.stream.destroyed;
  return { ana, clock, session, liar, meet, rules, haves, isOpen };
}

type Scene = Awaited<ReturnType<typeof anaAndLiar>>;

/** Tags of these keys as the other end of Ana's line makes them. */
function sendTags({ meet, liar }: Scene, ...readKeys: readonly Buffer[]): void {
  const { handshakeHash, isInitiator } = liar.line;
  const tags = readKeys.map((key) => tagOf(key, handshakeHash, isInitiator));
  const padded = padTags(tags, seededRandom("liar"));
  meet.json(TAGS, { tags: padded.toString("base64") });
}

/** Messages come in order: when this one was counted, those before it were dealt with. */
async function dealtWith(scene: Scene): Promise<void> {
  const before = scene.rules.length;
  scene.meet.send(TAGS, Buffer.from("not JSON"));
  await untilTrue(() => scene.rules.length > before || !scene.isOpen());
}

function heardOf(meet: LiarChannel, kind: number): readonly unknown[] {
  return meet.heard.flatMap(([at, message]) => (at === kind ? [message] : []));
}

async function withCommonFeed(): Promise<Scene & { space: Space }> {
  const spaces: Space[] = [];
  const scene = await anaAndLiar(async (ana) => {
    const space = await ana.spaces.hold(feedOf(ana));
    await ana.spaces.append(space.id, [{ type: "test" }]);
    spaces.push(space);
  });
  const [space] = spaces;
  if (space === undefined) throw new Error("no feed");
  sendTags(scene, space.readKey);
  await until(scene.session.common, (common) => common.has(space.id));
  return { ...scene, space };
}

test("ME3: a line that says nothing for three seconds is dropped", async () => {
  const { clock, isOpen } = await anaAndLiar();
  clock.advance(2999);
  expect(isOpen()).toBe(true);
  clock.advance(1);
  await untilTrue(() => !isOpen());
});

test("ME3: a line with nothing in common is dropped after five seconds, however often it sends tags", async () => {
  const scene = await anaAndLiar();
  for (let second = 0; second < 4; second++) {
    sendTags(scene, Buffer.alloc(32, second));
    await dealtWith(scene);
    scene.clock.advance(1_000);
  }
  sendTags(scene);
  await dealtWith(scene);
  scene.clock.advance(1_000);
  await untilTrue(() => !scene.isOpen());
});

test("ME3: what is sent first are padded tags, and nothing of what is not common", async () => {
  const scene = await anaAndLiar((ana) => ana.spaces.hold(feedOf(ana)));
  sendTags(scene, Buffer.alloc(32, 9));
  await dealtWith(scene);
  await untilTrue(() => scene.meet.heard.length > 0);
  const [[kind, message] = []] = scene.meet.heard;
  expect([kind, scene.meet.heard.length]).toEqual([TAGS, 1]);
  const text = JSON.stringify(message).replace(/^\{"tags":"|"\}$/g, "");
  const tags = splitTags(Buffer.from(text, "base64"));
  expect(tags?.size).toBe(64);
  const { readKey } = feedOf(scene.ana);
  // The tag of Ana's role is in it; the same key's tag for ours is not.
  const { handshakeHash, isInitiator } = scene.session.line;
  const tag = (role: boolean) =>
    tagOf(readKey, handshakeHash, role).toString("hex");
  expect([tags?.has(tag(isInitiator)), tags?.has(tag(!isInitiator))]).toEqual([
    true,
    false,
  ]);
});

test("ME3: tags sent back as they came make nothing common", async () => {
  const scene = await anaAndLiar((ana) => ana.spaces.hold(feedOf(ana)));
  await untilTrue(() => scene.meet.heard.length > 0);
  const [[, message] = []] = scene.meet.heard;
  scene.meet.json(TAGS, message);
  await dealtWith(scene);
  expect(scene.session.common.peek().size).toBe(0);
});

test("ME4: reading a feed in common needs no proof, and shows no identity", async () => {
  const scene = await withCommonFeed();
  await untilTrue(() => heardOf(scene.meet, LOGS).length > 0);
  await dealtWith(scene);
  expect(heardOf(scene.meet, PROOF)).toEqual([]);
  expect(scene.session.person.peek()).toBeNull();
});

test("ME4: where persons are members both prove who they are; false proofs end the line", async () => {
  const ben = await testIdentity("ben");
  const eve = await testIdentity("eve");
  async function prove(
    make: (line: Line) => unknown,
  ): Promise<{ scene: Scene; isEnded: boolean }> {
    const readKey = Buffer.alloc(32, 2);
    const scene = await anaAndLiar(({ identity: { person }, spaces }) =>
      spaces.hold({
        charter: {
          v: 1,
          kind: "conversation",
          founder: person,
          nonce: "00".repeat(16),
          members: inOrder([person, ben.person]),
        },
        readKey,
      }),
    );
    sendTags(scene, readKey);
    scene.meet.json(PROOF, make(scene.liar.line));
    await dealtWith(scene);
    return { scene, isEnded: !scene.isOpen() };
  }
  const good = await prove(({ handshakeHash, isInitiator }) =>
    writeProof(ben, handshakeHash, isInitiator),
  );
  expect(good.isEnded).toBe(false);
  expect(good.scene.session.person.peek()).toBe(ben.person);
  await untilTrue(() => heardOf(good.scene.meet, PROOF).length === 1);

  const lies: readonly ((line: Line) => unknown)[] = [
    // Another line's proof, the other role's, and one in somebody else's name.
    ({ isInitiator }) => writeProof(ben, Buffer.alloc(64, 7), isInitiator),
    ({ handshakeHash, isInitiator }) =>
      writeProof(ben, handshakeHash, !isInitiator),
    ({ handshakeHash, isInitiator }) =>
      Object.assign({}, writeProof(eve, handshakeHash, isInitiator), {
        person: ben.person,
      }),
    ({ handshakeHash, isInitiator }) =>
      Object.assign({}, writeProof(eve, handshakeHash, isInitiator), {
        person: ben.person,
        attestation: ben.attestation.toString("base64"),
      }),
  ];
  for (const lie of lies) {
    const { scene, isEnded } = await prove(lie);
    expect(isEnded).toBe(true);
    expect(scene.session.person.peek()).toBeNull();
  }
});

test("HO2: a second device on one line ends it", async () => {
  const scene = await withCommonFeed();
  const { handshakeHash, isInitiator } = scene.liar.line;
  for (const name of ["ben", "eve"]) {
    const identity = await testIdentity(name);
    scene.meet.json(PROOF, writeProof(identity, handshakeHash, isInitiator));
  }
  await untilTrue(() => !scene.isOpen());
  expect(scene.rules).toContain("proof-of-another");
});

test("HO2: the sixty-fourth broken rule closes the line, and no earlier one", async () => {
  const scene = await withCommonFeed();
  const wrong = [
    Buffer.from("{"),
    Buffer.from("null"),
    Buffer.from('{"tags":7}'),
    Buffer.alloc(MESSAGE_BYTES + 1, 32),
    Buffer.alloc(0),
    Buffer.from(`{"tags":${"[".repeat(100_000)}`),
  ];
  for (let sent = 0; sent < LINE_FAULTS - 1; sent++)
    scene.meet.send(sent % 4, wrong[sent % wrong.length] ?? Buffer.alloc(0));
  await untilTrue(() => scene.rules.length === LINE_FAULTS - 1);
  expect(scene.isOpen()).toBe(true);
  scene.meet.send(HAVE, Buffer.from("{"));
  await untilTrue(() => !scene.isOpen());
});

test("SP6, HO2: logs of a space that is not common are neither taken nor asked for", async () => {
  const scene = await withCommonFeed();
  const other = await scene.ana.spaces.hold({
    ...feedOf(scene.ana),
    charter: { ...feedOf(scene.ana).charter, nonce: "11".repeat(16) },
  } as const);
  const phone = await testIdentity("ana", "phone");
  const log = testLog("of the phone");
  const header = writeHeader(phone, other.id, log).toString("base64");
  scene.meet.json(LOGS, { space: other.id, logs: [{ log, header }] });
  scene.meet.json(LOGS, { space: testSpaceId("nobody's"), logs: [] });
  await untilTrue(() => scene.rules.length === 2);
  expect(scene.rules).toEqual([
    "logs-of-foreign-space",
    "logs-of-foreign-space",
  ]);
  expect(other.logs.size).toBe(0);
  expect(new AdmittedLogs(scene.ana.stores.local).of(other.id)).toEqual([]);
});

test("SP5, HO2: a log that does not belong ends the line at once, and is not kept", async () => {
  const eve = await testIdentity("eve");
  const phone = await testIdentity("ana", "phone");
  const log = testLog("any");
  const lies = [
    (id: Space["id"]) => writeHeader(eve, id, log),
    (id: Space["id"]) => writeHeader(phone, id, testLog("another")),
    () => writeHeader(phone, testSpaceId("another"), log),
    () => Buffer.from("\u0001{}"),
  ];
  for (const lie of lies) {
    const scene = await withCommonFeed();
    const { id, logs } = scene.space;
    const header = lie(id).toString("base64");
    const many = Array.from({ length: 50 }, () => ({ log, header }));
    scene.meet.json(LOGS, { space: id, logs: many });
    await untilTrue(() => !scene.isOpen());
    expect(scene.rules).toEqual(["log-not-admitted"]);
    expect(logs.size).toBe(1);
    expect(new AdmittedLogs(scene.ana.stores.local).of(id)).toHaveLength(1);
  }
});

test("EN1: a header of a newer version is passed over, and its line stays", async () => {
  const scene = await withCommonFeed();
  const { id, logs } = scene.space;
  const header = Buffer.from("\u0002whatever comes").toString("base64");
  scene.meet.json(LOGS, { space: id, logs: [{ log: testLog("new"), header }] });
  await untilTrue(() => scene.rules.length === 1);
  expect([scene.rules, logs.size, scene.isOpen()]).toEqual([
    ["header-newer"],
    1,
    true,
  ]);
});

test("ME3: what is held since the last tags is told before it is acted on", async () => {
  const scene = await anaAndLiar();
  const { id, readKey } = await scene.ana.spaces.hold(feedOf(scene.ana));
  await scene.ana.spaces.append(id, [{ type: "test" }]);
  sendTags(scene, readKey);
  await untilTrue(() => heardOf(scene.meet, LOGS).length > 0);
  expect(scene.meet.heard.map(([kind]) => kind)).toEqual([TAGS, TAGS, LOGS]);
});

test("SP5: a second device of the founder is taken in", async () => {
  const scene = await withCommonFeed();
  const phone = await testIdentity("ana", "phone");
  const log = testLog("of the phone");
  const { id, logs } = scene.space;
  const header = writeHeader(phone, id, log).toString("base64");
  scene.meet.json(LOGS, { space: id, logs: [{ log, header }] });
  await untilTrue(() => logs.has(log));
  expect(scene.rules).toEqual([]);
});

test("ME5: on a line only logs of common spaces are served, whoever knows the key of another", async () => {
  const scene = await withCommonFeed();
  const { ana, liar, space } = scene;
  const secret: SpaceLink = {
    charter: { ...feedOf(ana).charter, nonce: "11".repeat(16) },
    readKey: Buffer.alloc(32, 3),
  } as const;
  const hidden = await ana.spaces.hold(secret);
  await ana.spaces.append(hidden.id, [{ type: "test" }]);
  scene.session.refresh();
  const thief = await openSpaceDevice("eve");
  const [known, stolen] = [space, hidden].map(({ logs, readKey }) => {
    const [key] = [...logs.keys()];
    if (key === undefined) throw new Error("no log");
    return thief.stores.logs.openForeign(key, readKey);
  });
  const [seen, unseen] = [await known, await stolen];
  if (seen === undefined || unseen === undefined) throw new Error("no logs");
  unseen.replicate(liar.line.stream);
  seen.replicate(liar.line.stream);
  await untilTrue(() => seen.heldLength === 2);
  await ana.spaces.append(space.id, [{ type: "test" }]);
  await untilTrue(() => seen.heldLength === 3);
  expect(unseen.length).toBe(0);
});

test("HO1: a claim to hold something counts only from a proved person", async () => {
  const scene = await withCommonFeed();
  scene.meet.json(HAVE, { log: testLog("any"), length: 9 });
  scene.meet.json(HAVE, { log: testLog("any"), length: -1 });
  await untilTrue(() => scene.rules.length === 1);
  expect([scene.haves, scene.rules]).toEqual([[], ["message-shape"]]);
});
