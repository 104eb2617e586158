import { expect, test } from "../harness/fixtures.ts";

test("two people who share one link become contacts of each other", async ({
  startApp,
}) => {
  const ana = await startApp("Ana");
  const ben = await startApp("Ben");
  await ana.onboard();
  await ben.onboard();

  const link = await ana.invite();
  await ben.acceptLink(link);

  await expect(ana.contact("Ben")).toBeVisible();
  await ben.go("People");
  await expect(ben.contact("Ana")).toBeVisible();
});

test("IN6: a link shows who it claims to be from before it does anything", async ({
  startApp,
}) => {
  const ana = await startApp("Ana");
  const ben = await startApp("Ben");
  await ana.onboard();
  await ben.onboard();

  await ben.readLink(await ana.invite());

  await expect(ben.linkPage()).toContainText("Ana");
  await ben.go("People");
  await expect(ben.contact("Ana")).toBeHidden();
});
