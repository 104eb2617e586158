import { expect, test } from "../harness/fixtures.ts";
import { connect } from "../pages/make-contacts.ts";
import { damaged, ofNewerVersion, thatExpired } from "../harness/links.ts";

test("each link that cannot work is answered with a sentence of its own", async ({
  startApp,
}) => {
  const ana = await startApp("Ana");
  const ben = await startApp("Ben");
  await ana.onboard();
  await ben.onboard();
  const link = await ana.invite();

  for (const [text, sentence] of [
    ["https://example.com/", "This is not a Commonplace link."],
    [damaged(link), "A part of this link is missing or wrong."],
    [
      ofNewerVersion(link),
      "This link was made with a newer version of the app.",
    ],
    [thatExpired(link), "This invite ended"],
  ] as const) {
    await ben.readLink(text);
    await expect(ben.page.getByText(sentence)).toBeVisible();
  }
  await ana.readLink(link);
  await expect(ana.page.getByText("This is your own invite.")).toBeVisible();
});

test("IN4: an invite for one is not for a second", async ({ startApp }) => {
  const ana = await startApp("Ana");
  const ben = await startApp("Ben");
  const cem = await startApp("Cem");
  for (const app of [ana, ben, cem]) await app.onboard();
  const link = await ana.invite();
  await connect(ana, ben, link);

  await cem.acceptLink(link);

  await expect(
    cem.page.getByText("This invite has been used already."),
  ).toBeVisible();
  await cem.go("People");
  await expect(cem.contact("Ana")).toBeHidden();
});
