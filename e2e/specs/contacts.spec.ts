import { expect, test } from "../harness/fixtures.ts";
import { makeContacts } from "../pages/make-contacts.ts";

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

test("IN5: a request to somebody who is off says that it waits, shows what can be read already, and can be called off", async ({
  startApp,
}) => {
  const [ana, cem] = await makeContacts(startApp, "Ana", "Cem");
  await ana.post("For whoever has the link", {
    audience: "Everyone with the link",
  });
  await cem.seesPost("For whoever has the link");
  const link = await ana.invite();
  await ana.close();

  const ben = await startApp("Ben");
  await ben.onboard();
  await ben.acceptLink(link);
  await expect(ben.linkPage()).toContainText("Your request waits for");
  await ben.go("Home");
  const waiting = ben.page.getByRole("list", { name: "Requests that wait" });
  await expect(waiting).toContainText("It goes on by itself when");
  await ben.go("People");
  await expect(ben.linkPage()).toContainText("Your request waits for");
  await ben.page.getByRole("button", { name: "Stop waiting" }).click();
  await expect(ben.linkPage()).not.toContainText("Your request waits for");
  await ben.go("Home");
  await expect(waiting).toBeHidden();

  // Asked again; whoever holds what Ana posts openly gives it meanwhile.
  await ben.acceptLink(link);
  await ben.go("Home");
  await expect(waiting).toContainText("You can already read", {
    timeout: 60_000,
  });
  await waiting.getByRole("link", { name: /posts openly/ }).click();
  await expect(ben.linkPage()).toContainText("For whoever has the link");

  await ana.start();
  await ben.go("People");
  await expect(ben.contact("Ana")).toBeVisible({ timeout: 60_000 });
  await ben.go("Home");
  await expect(waiting).toBeHidden();
});
