import { test } from "../harness/fixtures.ts";
import { connect, makeContacts } from "../pages/make-contacts.ts";

test("a feed comes from whoever holds it while its author is away", async ({
  startApp,
}) => {
  const [ana, ben] = await makeContacts(startApp, "Ana", "Ben");
  const cem = await startApp("Cem");
  await cem.onboard();
  await ana.post("Remember me");
  await ben.seesPost("Remember me");
  // All three know each other, but Cem's app is off when Ana writes.
  await connect(ana, cem);
  await connect(ben, cem);
  await cem.close();
  await ana.post("Written while Cem was away");
  await ben.seesPost("Written while Cem was away");
  await ana.close();

  await cem.start();

  await cem.seesPost("Written while Cem was away");
});
