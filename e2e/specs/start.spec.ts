import { expect, test } from "../harness/fixtures.ts";

test("a new person starts with a name alone and writes a first post", async ({
  startApp,
}) => {
  const ana = await startApp("Ana");
  await ana.onboard();
  await ana.post("The first of many");
  await ana.seesPost("The first of many");
});

test("an empty name is answered with a sentence, and nothing else is asked", async ({
  startApp,
}) => {
  const ana = await startApp("Ana");
  await ana.tryName("");
  await expect(ana.page.getByText("Name is empty.")).toBeVisible();
});

test("a person is the same after a restart, and so is what they wrote", async ({
  startApp,
}) => {
  const ana = await startApp("Ana");
  await ana.onboard();
  await ana.post("Still here tomorrow");
  await ana.restart();
  await ana.seesPost("Still here tomorrow");
});

test("a post that was confirmed survives the app being killed", async ({
  startApp,
}) => {
  const ana = await startApp("Ana");
  await ana.onboard();
  await ana.post("Written and then the lights went out");
  await ana.kill();
  await ana.start();
  await ana.seesPost("Written and then the lights went out");
});
