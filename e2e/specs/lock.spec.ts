import { expect, test } from "../harness/fixtures.ts";

test("ID4: data locked with a password opens with that password only", async ({
  startApp,
}) => {
  const ana = await startApp("Ana");
  await ana.onboard({ password: "correct horse" });
  await ana.post("Behind a lock");
  await ana.restart();
  await ana.unlock("wrong horse");
  await expect(ana.page.getByText("This is not the password.")).toBeVisible();
  await ana.unlock("correct horse");
  await ana.seesPost("Behind a lock");
});
