import { expect, test } from "../harness/fixtures.ts";
import { makeContacts } from "../pages/make-contacts.ts";

test("the chain to friends is shown link by link, and an outage can be tried out", async ({
  startApp,
}) => {
  const [ana] = await makeContacts(startApp, "Ana", "Ben");
  await ana.lookCloser();
  const chain = ana.page.getByRole("listitem");
  await expect(chain.filter({ hasText: "Contacts" })).toContainText(
    /Connected with \u2068?Ben/,
  );
  await expect(chain.filter({ hasText: "This computer" })).toContainText(
    "Clock and disk are fine.",
  );

  await ana.page.getByRole("button", { name: "Try it out" }).click();
  const drill = ana.page.getByRole("region", {
    name: "If the internet were gone",
  });
  await expect(drill).toContainText("No internet for 5 more minutes.");
  await expect(drill).toContainText(/All posts of \u2068?Ben\u2069? are here/);
  await expect(
    ana.page.getByRole("button", { name: /^Connection:.*on this network/ }),
  ).toBeVisible();
  await ana.page
    .getByRole("button", { name: "Use the internet again" })
    .click();
  await expect(drill).not.toContainText("No internet for");
});

test("ME7: with nobody, the other side sees one away; a post waits, and goes out later", async ({
  startApp,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  await ana.meet("With nobody");
  await ben.go("People");
  await expect(ben.contact("Ana")).not.toContainText("Connected");
  await ana.post("written with nobody around");
  await ana.meet("On this network only");
  await ben.go("Home");
  await ben.seesPost("written with nobody around");
  await ben.go("People");
  await expect(ben.contact("Ana")).toContainText("on this network");
});

test("an address typed wrong, or where nobody is, is answered with a sentence", async ({
  startApp,
}) => {
  const ana = await startApp("Ana");
  await ana.onboard();
  await ana.lookCloser();
  const field = ana.page.getByRole("textbox", {
    name: "Address of the other computer",
  });
  await field.fill("somewhere");
  await field.press("Enter");
  await expect(ana.page.getByText("This is not an address like")).toBeVisible();
  await field.fill("127.0.0.1:9");
  await field.press("Enter");
  await expect(ana.page.getByText("Nobody you know answered")).toBeVisible({
    timeout: 15_000,
  });
});
