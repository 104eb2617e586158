import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { endShells, root, run, shell, untilSaid } from "./testing/shells.ts";

afterAll(endShells);

test("KE7: what a keeper keeps, how much and how long is chosen at both ends from a terminal", async () => {
  const keeper = shell("cellar", "keep", "--space", "2GB", "--name", "Cellar");
  const link = await untilSaid(keeper, /Keeping, 2 GB at most\./);
  await run("kai", "start", "Kai");
  expect(await run("kai", "keepers")).toMatchObject({
    exit: 0,
    out: "Nobody keeps for you yet.",
  });
  await run("lea", "start", "Lea");
  const { out: person } = await run("lea", "invite", "--no-wait");
  expect(await run("kai", "keepers", "add", person, "--yes")).toMatchObject({
    exit: 1,
    err: "This is no invite of a keeper. Open it with: commonplace accept LINK",
  });
  expect(await run("kai", "keepers", "add", link, "--yes")).toMatchObject({
    exit: 0,
    out: "Cellar keeps your posts from now on.",
  });
  const kai = shell("kai", "serve");
  await untilSaid(kai, /Connected with/);
  await run("kai", "post", "Keep this", "--wait", "60");
  const folder = join(root, "Jam");
  await mkdir(folder);
  await writeFile(join(folder, "plum.txt"), "plums\n");
  await run("kai", "share", folder);
  const chosen = await run(
    ...["kai", "keepers", "set", "Cellar", "--collection", "Jam"],
    ...["--room", "1GB", "--until", "2099-03-01"],
  );
  expect(chosen.err).toBe("");
  expect(chosen.out).toContain("What it keeps: Your posts and 1 collection");
  expect(chosen.out).toContain(
    "What you chose: At most 1 GB, until March 1, 2099",
  );
  await expect
    .poll(async () => (await run("kai", "keepers")).out, { timeout: 20_000 })
    .toMatch(/Copies: Keeps 100 % of your posts and the file, checked/);
  expect(
    await run("kai", "keepers", "set", "Cellar", "--until", "2001-01-01"),
  ).toMatchObject({
    exit: 64,
    err: "That day is over. Take one to come, or always.",
  });
  expect(await run("kai", "keepers", "end", "Nobody")).toMatchObject({
    exit: 1,
    err: "There is no keeper called Nobody.",
  });

  expect((await run("cellar", "keep", "show")).out).toMatch(
    /^You keep .* of 1 GB for Kai\.\n2 GB in all\.$/,
  );
  const held = ["keep", "room", "Kai", "300MB", "--until", "2098-12-31"];
  expect((await run("cellar", ...held)).out).toMatch(
    /^You keep .* of 300 MB for Kai, until December 31, 2098\.$/,
  );
  const always = await run(
    "cellar",
    "keep",
    "until",
    "Kai",
    "always",
    "--json",
  );
  expect(JSON.parse(always.out)).toMatchObject({
    bytes: 300_000_000,
    until: null,
  });
  expect(await run("cellar", "keep", "drop", "Kai", "--yes")).toMatchObject({
    exit: 0,
    out: "Nothing is kept for Kai any more.",
  });
  await expect
    .poll(async () => (await run("kai", "keepers")).out, { timeout: 20_000 })
    .toContain("Cellar has no room left for you");
  expect((await run("kai", "keepers", "end", "Cellar")).out).toContain(
    "Stopped. It is given nothing new",
  );
  kai.stop();
  keeper.stop();
  await Promise.all([kai.ended, keeper.ended]);
}, 120_000);
