import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { isObject } from "#core/rpc/wire.ts";
import { methodSchemas, stateSchemas } from "#core/contract/schemas.ts";
import { serve } from "#core/rpc/server.ts";
import { createPeople } from "#core/testing/people.ts";
import { createPortPair } from "#core/testing/port-pair.ts";

/** Of 20 to 60 messages each. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 60);

/** Ids that could be somebody's, and things that never are. */
const key = fc.constantFrom("y".repeat(52), `${"b".repeat(51)}y`);
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 80 }), key);
const whole = fc.oneof(fc.nat(600), fc.integer());
const entry = key.map((one) => `${one}.0.0`);
const excludes = fc.record({
  hidden: fc.boolean(),
  temporary: fc.boolean(),
  patterns: fc.array(text, { maxLength: 3 }),
});

/** Values for each field there is, right in form more often than not. */
const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  name: text,
  about: text,
  lock: fc.constantFrom({ kind: "unlocked" }, { kind: "password" }),
  phrase: fc.oneof(fc.constant(null), text),
  password: text,
  picture: fc.constantFrom(
    { kind: "keep" },
    { kind: "set", grant: "abcdefgh" },
  ),
  theme: fc.constantFrom("dark", "light", "other"),
  undoMs: whole,
  sendHints: fc.boolean(),
  network: fc.constantFrom("everywhere", "this-network", "nobody"),
  grant: fc.constant("abcdefgh12"),
  folder: fc.oneof(
    fc.constantFrom(null, "", "a/b", "../x", "abcdefgh12"),
    text,
  ),
  text,
  audience: fc.constantFrom("contacts", "link", { kind: "contacts" }),
  replyTo: fc.oneof(
    fc.constant(null),
    key.map((one) => `${one}.0.0`),
  ),
  attachments: fc.constant([]),
  held: text,
  post: key.map((one) => `${one}.1.0`),
  posts: fc.array(
    key.map((one) => `${one}.1.0`),
    { maxLength: 5 },
  ),
  emoji: fc.oneof(fc.constant("👍"), text),
  on: fc.boolean(),
  read: fc.boolean(),
  place: text,
  lifeMs: fc.oneof(fc.constant(3_600_000), whole),
  uses: whole,
  message: text,
  invite: key,
  withdrawn: fc.boolean(),
  person: key,
  accept: fc.boolean(),
  link: fc.oneof(
    text,
    text.map((one) => `commonplace:${one}`),
  ),
  nickname: fc.oneof(fc.constant(null), text),
  removed: fc.boolean(),
  title: text,
  collection: key,
  paths: fc.array(text, { maxLength: 3 }),
  path: fc.oneof(fc.constantFrom(null, "/", "/etc/passwd", "..", "\0"), text),
  how: fc.constantFrom("open", "show", "again", "keep"),
  transfer: fc.constant("abcdefgh12"),
  paused: fc.boolean(),
  what: fc.constantFrom("folder", "files"),
  filter: fc.constantFrom("all", "unread", "files", "mine"),
  first: whole,
  count: whole,
  search: text,
  address: fc.oneof(fc.constantFrom("127.0.0.1:9", "[::1]:9", "a:b"), text),
  people: fc.array(key, { maxLength: 3 }),
  files: fc.array(fc.constantFrom("abcdefgh12", ""), { maxLength: 3 }),
  grants: fc.array(fc.constantFrom("abcdefgh12", ""), { maxLength: 3 }),
  excludes,
  live: fc.boolean(),
  keep: fc.oneof(
    fc.constantFrom({ kind: "both" }, { kind: "removal" }),
    fc.record({ kind: fc.constant("version"), version: entry }),
  ),
  settled: entry,
  added: fc.array(text, { maxLength: 3 }),
  version: entry,
  looks: fc.array(
    fc.record({ kind: fc.constantFrom("blind", "later"), root: key }),
    { maxLength: 3 },
  ),
  to: fc.constantFrom("up", "down"),
  kept: fc.boolean(),
  rule: fc.oneof(
    fc.constantFrom({ kind: "opened" }, { kind: "everything" }),
    fc.record({ kind: fc.constant("up-to"), bytes: whole }),
  ),
  insist: fc.boolean(),
  batch: text,
  undo: text,
  mode: fc.constantFrom("blind", "readable", "stopped"),
  feeds: fc.boolean(),
  collections: fc.array(key, { maxLength: 3 }),
  bytes: fc.oneof(fc.constant(null), whole),
  until: fc.oneof(fc.constant(null), whole),
  useHelpers: fc.boolean(),
  beHelper: fc.boolean(),
  getGoingClosed: fc.boolean(),
  wordsSaved: fc.boolean(),
  pausedAll: fc.boolean(),
  limits: fc.record({
    down: fc.oneof(fc.constant(null), whole),
    up: fc.oneof(fc.constant(null), whole),
    schedule: fc.constantFrom(null, { from: 60, to: 30 }),
  }),
  room: fc.record({
    limit: fc.oneof(fc.constant(null), whole),
    alwaysFree: whole,
    freeByItself: fc.boolean(),
  }),
};

/** The fields a schema asks for, by asking it. */
function fieldsOf(schema: unknown): readonly string[] {
  const entries = isObject(schema) ? schema["entries"] : null;
  return isObject(entries) ? Object.keys(entries) : [];
}

function inputOf(schema: unknown): fc.Arbitrary<unknown> {
  const names = fieldsOf(schema);
  const right = fc.record(
    Object.fromEntries(
      names.map((name) => [name, FIELDS[name] ?? fc.anything()]),
    ),
  );
  return fc.oneof({ weight: 9, arbitrary: right }, fc.anything());
}

const calls = Object.entries(methodSchemas).map(([method, schema]) =>
  inputOf(schema).map((input) => ({ kind: "call", method, input })),
);
const watches = Object.entries(stateSchemas).map(([state, schema]) =>
  inputOf(schema).map((params) => ({ kind: "watch", state, params })),
);

test("every field of every method and state is one that can be made up", () => {
  const schemas = [
    ...Object.values(methodSchemas),
    ...Object.values(stateSchemas),
  ];
  const asked = new Set(schemas.flatMap(fieldsOf));
  expect([...asked].filter((name) => FIELDS[name] === undefined)).toEqual([]);
});

test("a page that calls everything with anything finds no bug in a running core", async () => {
  const uncaught: unknown[] = [];
  const record = (error: unknown) => {
    uncaught.push(error);
  };
  process.on("uncaughtException", record);
  process.on("unhandledRejection", record);
  const people = await createPeople();
  onTestFinished(async () => {
    await people.close();
    process.off("uncaughtException", record);
    process.off("unhandledRejection", record);
  });
  const ana = await people.add("ana");
  const bugs: string[] = [];
  const [page, far] = createPortPair();
  serve(far, {
    handlers: ana.core.handlers,
    states: ana.core.states,
    logger: createLogger(
      (line) => bugs.push(line),
      () => "R",
    ),
    timers: systemClock,
  });
  const answered = new Set<unknown>();
  let fulfilled = 0;
  page.onMessage((message) => {
    if (!isObject(message)) return;
    answered.add(message["id"]);
    if (message["kind"] === "answer") fulfilled++;
  });

  let id = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(...calls, ...watches), {
        minLength: 20,
        maxLength: 60,
      }),
      async (messages) => {
        const sent: number[] = [];
        for (const message of messages) {
          const own = ++id;
          try {
            page.post({ ...message, id: own });
            sent.push(own);
          } catch {
            // Cannot be copied: it never leaves the page.
          }
        }
        await vi.waitFor(
          () => {
            expect(sent.filter((one) => !answered.has(one))).toEqual([]);
          },
          { timeout: 20_000, interval: 5 },
        );
        for (const one of sent) page.post({ kind: "unwatch", id: one });
        expect(bugs).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
  // Much of what was sent came past the schemas, or this would show little.
  expect(fulfilled).toBeGreaterThan(3 * RUNS);
  expect(ana.bugs).toEqual([]);
  expect(uncaught).toEqual([]);
}, 240_000);
