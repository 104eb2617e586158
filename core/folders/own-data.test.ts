import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { refuseOwnData } from "./own-data.ts";

test("what holds the app's own data, or lies in it, is refused, also by another way; what lies beside it is not", async () => {
  const home = await tempFolder();
  const data = join(home, "data");
  await mkdir(join(data, "keys"), { recursive: true });
  await mkdir(join(home, "data and more"));
  await mkdir(join(home, "..garden"));
  await symlink(home, join(home, "data and more", "way"));
  const refused = { code: "folder-ours" };
  for (const path of ["/", home, data, join(data, "keys")])
    await expect(refuseOwnData(path, data)).rejects.toMatchObject(refused);
  await expect(
    refuseOwnData(join(home, "data and more", "way"), data),
  ).rejects.toMatchObject(refused);
  for (const path of ["data and more", "..garden", "not there"])
    await refuseOwnData(join(home, path), data);
});
