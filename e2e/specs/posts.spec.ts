import { join } from "node:path";
import { expect, test } from "../harness/fixtures.ts";
import { writePicture } from "../harness/pictures.ts";
import { makeContacts } from "../pages/make-contacts.ts";

test("a post appears on the other side, in both directions", async ({
  startApp,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");

  await ana.post("Soup on Friday?");
  await ben.seesPost("Soup on Friday?");

  await ben.post("I bring bread");
  await ana.seesPost("I bring bread");
});

test("a reply, a reaction, an edit and a withdrawal reach the other side", async ({
  startApp,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  await ana.post("Soup on Friday?");
  await ben.seesPost("Soup on Friday?");

  await ben.reply("Soup on Friday?", "I bring bread");
  await ana.openThread("Soup on Friday?");
  await ana.seesPost("I bring bread");

  await ana.go("Home");
  await ben.go("Home");
  await ben.react("Soup on Friday?", "❤️");
  await expect(ana.reaction("Soup on Friday?", "❤️")).toBeVisible();

  await ana.edit("Soup on Friday?", "Soup on Saturday?");
  await ben.seesPost("Soup on Saturday?");
  await expect(ben.postCard("Soup on Saturday?")).toContainText("edited");

  await ana.withdraw("Soup on Saturday?");
  const left = ben.postCard("Ana removed this. You still have it.");
  await expect(left).toBeVisible();
  await left.getByRole("button", { name: "Show" }).click();
  await expect(ben.postCard("Soup on Saturday?")).toBeVisible();
});

test("a picture attached to a post is seen on the other side", async ({
  startApp,
  makeFolder,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const picture = join(makeFolder("pictures"), "garden.png");
  writePicture(picture);

  await ana.post("The garden today", {
    picture: { path: picture, alt: "Tomatoes in a row" },
  });

  await expect(ben.picture("Tomatoes in a row")).toBeVisible();
  await expect.poll(() => ben.pictureWidth("Tomatoes in a row")).toBe(8);
});

test("a post taken back within the undo time reaches nobody", async ({
  startApp,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben", {
    keepUndo: true,
  });
  await ana.post("Said too soon");
  await ana.undoPost();
  await ana.post("Said on purpose");
  await ben.seesPost("Said on purpose");
  await expect(ben.postCard("Said too soon")).toBeHidden();
});
