import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import * as v from "valibot";
import { openTestnet } from "#core/testing/testnet.ts";
import { untilTrue } from "#core/testing/until.ts";
import {
  begun,
  endShells,
  program,
  root,
  run,
  shell,
  sizesIn,
  untilSaid,
} from "./testing/shells.ts";

afterAll(endShells);

test("two shells can do the whole of a first day", async () => {
  expect(await run("ana", "start", "Ana")).toMatchObject({ exit: 0 });
  expect(await run("ben", "start", "Ben")).toMatchObject({ exit: 0 });

  const invite = shell(
    "ana",
    "invite",
    "--message",
    "It is me",
    "--wait",
    "60",
  );
  const link = await untilSaid(invite, /^commonplace:\S+\n/);
  const accepted = await run("ben", "accept", link, "--yes", "--wait", "60");
  expect(accepted).toMatchObject({
    exit: 0,
    out: "You and Ana are contacts.",
    err: "An invite that says it is from Ana. It says: “It is me”",
  });
  expect(await invite.ended).toBe(0);
  expect(invite.err()).toContain("Met Ben.");

  // From here on both run, and the commands talk to what runs.
  const [ana, ben] = [shell("ana", "serve"), shell("ben", "serve")];
  await Promise.all([ana, ben].map((one) => untilSaid(one, /Connected with/)));
  const posted = await run(
    "ana",
    "post",
    "Hello",
    "from a shell",
    "--wait",
    "60",
  );
  expect(posted).toEqual({ exit: 0, out: "On 1 other computer: Ben", err: "" });
  const read = await run("ben", "read", "--unread");
  expect(read.out).toMatch(/^Ana · .* · unread\n {2}Hello from a shell$/);
  expect((await run("ben", "read", "--unread")).out).toBe("Nothing unread.");

  const folder = join(root, "Garden plans");
  await mkdir(join(folder, "beds"), { recursive: true });
  await writeFile(join(folder, "beds", "north.txt"), "leeks\n");
  await writeFile(join(folder, "seeds.txt"), "x".repeat(700_000));
  await writeFile(join(folder, "notes.txt~"), "x");
  await writeFile(join(folder, "draft.bak"), "x");
  await writeFile(join(folder, ".hidden"), "x");
  await symlink("/", join(folder, "door"));
  const shared = await run("ana", "share", folder, "--without", "*.bak");
  expect(shared.exit).toBe(0);
  expect(shared.out).toContain("Shared: 2 files");
  expect(shared.err).toBe(
    "Left out: .hidden (hidden), door (a link to elsewhere), draft.bak (matches your list), notes.txt~ (temporary).",
  );
  await expect
    .poll(async () => (await run("ben", "list")).out, { timeout: 20_000 })
    .toContain("Garden plans · by Ana · 2 files");
  expect((await run("ben", "list", "Garden plans")).out).toContain(
    "beds/ · 1 file",
  );
  const got = await run(
    "ben",
    "get",
    "Garden plans",
    "--to",
    join(root, "got"),
  );
  expect(got).toMatchObject({ exit: 0, err: "" });
  const there = join(root, "got", "Garden plans", "beds", "north.txt");
  expect(await readFile(there, "utf8")).toBe("leeks\n");

  expect(
    await run("ben", "get", "Garden plans", "nosuch", "--to", root),
  ).toEqual({ exit: 1, out: "", err: "There is no nosuch in Garden plans." });

  const some = ["get", "Garden plans", "seeds.txt", "nosuch", "nor/this"];
  expect(await run("ben", ...some, "--to", join(root, "some"))).toMatchObject({
    exit: 1,
    err: "There is no nosuch in Garden plans.\nThere is no nor/this in Garden plans.\n2 of 3 paths are not there.",
  });
  expect(await sizesIn(join(root, "some", "Garden plans"))).toEqual([700_000]);

  const doctor = await run("ben", "doctor");
  expect(doctor.out).toContain("✓ Contacts: Connected with Ana.");

  const status = await run("ben", "status", "--json");
  const schema = v.object({
    running: v.literal(true),
    me: v.object({ name: v.literal("Ben") }),
    contacts: v.tuple([v.object({ name: v.literal("Ana") })]),
  });
  expect(v.is(schema, JSON.parse(status.out))).toBe(true);
  ana.stop();
  expect(await ana.ended).toBe(0);
  expect(ana.err()).toContain("Stopped. Everything is saved.");

  // Nobody who has the files is there any more.
  const away = ["get", "Garden plans", "seeds.txt", "--to", join(root, "two")];
  for (const name of ["got", "some"])
    await rm(join(root, name), { recursive: true });
  const waited = await run("ben", ...away, "--json", "--wait", "6");
  expect(waited).toMatchObject({ exit: 75, out: "" });
  const said = waited.err.split("\n");
  expect(said).toContain("Waits for Ana.");
  expect(JSON.parse(said.at(-1) ?? "")).toEqual({
    error: "later",
    words: "Not all of it is here yet. It goes on by itself.",
  });
  const killed = shell("ben", ...away);
  await untilSaid(killed, /Waits for Ana\.|Nothing comes yet\./);
  ben.kill();
  expect(await killed.ended).toBe(1);
  expect(killed.err()).toContain(
    "The app ended before all was here. What came stays; get goes on from there when it is run again.",
  );
}, 120_000);

test("KE6: a keeper keeps for whoever took its invite, and shows what it keeps", async () => {
  const keeper = shell(
    "keeper",
    "keep",
    "--space",
    "2GB",
    "--name",
    "Office keeper",
  );
  const link = await untilSaid(keeper, /Keeping, 2 GB at most\./);
  expect(link).toMatch(/^commonplace:\S+$/);
  await run("dora", "start", "Dora");
  const accepted = await run("dora", "accept", link, "--yes", "--wait", "60");
  expect(accepted).toEqual({
    exit: 0,
    out: "Office keeper keeps your posts from now on.",
    err: "A keeper that says it is called Office keeper. If it has room, it will keep your posts, sealed: it cannot read them.",
  });
  const dora = shell("dora", "serve");
  await untilSaid(dora, /Connected with/);
  const posted = await run("dora", "post", "Keep this", "--wait", "60");
  expect(posted.out).toBe("Kept by Office keeper");
  await untilSaid(keeper, /You keep .* of 2 GB for Dora\./);
  const status = await run("dora", "status");
  expect(status.out).toMatch(/Office keeper · Keeps 100 % of your posts/);
  expect((await run("keeper", "status")).out).toMatch(
    /You keep .* of 2 GB for Dora\./,
  );
  keeper.stop();
  expect(await keeper.ended).toBe(0);
  // It keeps for one, and that one came: whoever finds the link later is too late.
  const again = shell("keeper", "keep", "--space", "2GB");
  expect(await untilSaid(again, /Nobody else can add it/)).toBe("");
  again.stop();
  expect(await again.ended).toBe(0);
  const more = shell("keeper", "keep", "--space", "2GB", "--people", "2");
  expect(await untilSaid(more, /Keeping, /)).toMatch(/^commonplace:\S+$/);
  more.stop();
  expect((await run("keeper", "keep", "--space", "much")).exit).toBe(64);
  dora.stop();
}, 120_000);

test("KE7: a keeper for two holds half its room for each, and says so when there is none left", async () => {
  const two = ["--space", "2GB", "--people", "2", "--name", "Shed"];
  const keeper = shell("shed", "keep", ...two);
  const link = await untilSaid(keeper, /Keeping, 2 GB at most\./);
  for (const name of ["Ida", "Jon"]) {
    await run(name, "start", name);
    const accepted = await run(name, "accept", link, "--yes");
    expect(accepted).toMatchObject({
      exit: 0,
      out: "Shed keeps your posts from now on.",
    });
    await untilSaid(keeper, new RegExp(`of 1 GB for ${name}\\.`));
  }
  keeper.stop();
  expect(await keeper.ended).toBe(0);

  // One byte for two is nothing for either.
  const none = ["--space", "0.000001MB", "--people", "2", "--name", "Full"];
  const full = shell("full", "keep", ...none);
  const small = await untilSaid(full, /Keeping, /);
  const refused = await run("Ida", "accept", small, "--yes");
  expect(refused).toMatchObject({ exit: 1, out: "" });
  expect(refused.err).toContain("Full has no room left for you");
  await untilSaid(full, /No room left for Ida\./);
  const { out: status } = await run("Ida", "status");
  expect(status).toContain("Full · Keeps nothing of yours: no room");
  full.stop();
  expect(await full.ended).toBe(0);
}, 120_000);

test("KE3: a keeper's own process gives a post and its file to a friend who was never on together with their author", async () => {
  const testnet = await openTestnet();
  const nodes = testnet.bootstrap.map(
    ({ host, port }) => `${host}:${String(port)}`,
  );
  const there = ["--bootstrap", nodes.join(",")];
  try {
    const keeper = shell("attic", "keep", "--name", "Attic", ...there);
    const link = await untilSaid(keeper, /Keeping, 100 GB at most\./);
    await run("gerd", "start", "Gerd");
    const taken = await run("gerd", "accept", link, "--yes", ...there);
    expect(taken).toMatchObject({ exit: 0 });
    const gerd = shell("gerd", "serve", ...there);
    await untilSaid(gerd, /Connected with/);
    const file = join(root, "recipe.txt");
    await writeFile(file, "r".repeat(300_000));
    const posted = await run(
      "gerd",
      "post",
      "From the attic",
      "--for",
      "link",
      "--file",
      file,
      "--wait",
      "60",
    );
    expect(posted.out).toBe("Kept by Attic");
    const { out: invite } = await run("gerd", "invite", "--no-wait");
    await untilSaid(keeper, /You keep \d+ KB of 100 GB for Gerd/);
    gerd.stop();
    await gerd.ended;

    await run("hans", "start", "Hans");
    const asked = await run(
      "hans",
      ...["accept", invite, "--yes", "--wait", "1", ...there],
    );
    expect(asked).toMatchObject({ exit: 75 });
    const hans = shell("hans", "serve", ...there);
    await expect
      .poll(async () => (await run("hans", "read")).out, { timeout: 60_000 })
      .toContain("From the attic\n  [recipe.txt]");
    await expect
      .poll(() => sizesIn(join(root, "hans", "attachments")), {
        timeout: 30_000,
      })
      .toEqual([300_000]);
    hans.stop();
    keeper.stop();
    await Promise.all([hans.ended, keeper.ended]);
  } finally {
    await testnet.close();
  }
}, 180_000);

test("the command line carries nothing of the screens with it", async () => {
  expect(await readFile(program.path, "utf8")).not.toMatch(/from "react/);
});

test("an invite of somebody who is off waits, and says so", async () => {
  await run("eva", "start", "Eva");
  await run("fritz", "start", "Fritz");
  const { out: link, err } = await run("eva", "invite", "--no-wait");
  expect(err).toContain("It works while Commonplace runs here");
  expect(await run("fritz", "accept", link, "--yes", "--wait", "1")).toEqual({
    exit: 75,
    out: "",
    err: "An invite that says it is from Eva.\nYour request waits for Eva. It goes on by itself while Commonplace runs here, as with: commonplace serve",
  });
}, 60_000);

test("a keeper as a service: its own folder is all it writes to, and SIGTERM leaves everything saved", async () => {
  const child = spawn(
    process.execPath,
    [program.path, "keep", "--space", "1GB", "--loopback"].concat(
      "--data",
      join(root, "service"),
    ),
    { stdio: ["ignore", "pipe", "pipe"], env: { HOME: join(root, "no-home") } },
  );
  begun(child);
  let err = "";
  child.stderr.on("data", (text: Buffer) => (err += text.toString()));
  await untilTrue(
    () => err,
    (said) => said.includes("Keeping"),
    { timeoutMs: 20_000 },
  );
  child.kill("SIGTERM");
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code).toBe(0);
  expect(err).toContain("Stopped. Everything is saved.");
  expect(existsSync(join(root, "no-home"))).toBe(false);
}, 60_000);

test("what is wrong is said, and told apart by its exit code", async () => {
  expect(await run("nobody", "status")).toMatchObject({
    exit: 69,
    err: "There is nobody here yet. Begin with: commonplace start NAME",
  });
  // Asking is no beginning: a folder named by mistake stays as it is.
  expect(existsSync(join(root, "nobody"))).toBe(false);
  expect((await run("nobody", "nonsense")).exit).toBe(64);
  expect(await run("nobody", "post", "--what")).toMatchObject({
    exit: 64,
    err: "Unknown option '--what'. Try: commonplace post --help",
  });
  await run("cleo", "start", "Cleo");
  expect(
    await run("cleo", "accept", "https://example.org", "--yes"),
  ).toMatchObject({
    exit: 1,
  });
  expect(await run("cleo", "post", "")).toMatchObject({ exit: 1 });
  expect(await run("cleo", "get", "Nothing", "--to", root)).toMatchObject({
    exit: 1,
    err: "There is no collection called Nothing.",
  });
  expect(await run("cleo", "start", "Again")).toMatchObject({ exit: 1 });
  const lone = join(root, "lone.txt");
  await writeFile(lone, "x");
  const file = await run("cleo", "share", lone, "--json");
  expect(file).toMatchObject({ exit: 1, out: "" });
  expect(JSON.parse(file.err)).toEqual({
    error: "refused",
    words: `${lone} is a file. Share the folder it lies in, or attach it to a post with: commonplace post --file`,
  });
  const bare = join(root, "bare");
  await mkdir(bare);
  expect(await run("cleo", "share", bare)).toMatchObject({
    exit: 1,
    err: "There are no files in “bare”. Nothing was shared. Put files in it, or choose another.",
  });
  expect(await run("cleo", "share", "/")).toMatchObject({
    exit: 1,
    err: "Commonplace keeps its own data in this folder, with what nobody else may have. Nothing was shared. Share a folder that the data does not lie in.",
  });
  const nowhere = join(root, "nowhere");
  expect(await run("cleo", "share", nowhere)).toMatchObject({
    exit: 1,
    err: `There is no ${nowhere}.`,
  });
  const later = await run("cleo", "invite", "--wait", "1");
  expect(later.exit).toBe(75);
  expect(later.out).toMatch(/^commonplace:/);
  const help = await run("cleo", "post", "--help");
  expect(help.exit).toBe(0);
  expect(help.out).toContain("commonplace post TEXT…");
  expect((await run("cleo", "help", "post")).out).toBe(help.out);
}, 60_000);
