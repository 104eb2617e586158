import { basename } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { PersonId } from "#core/contract/ids.ts";
import type { ShareAudience } from "#core/contract/collection-methods.ts";
import type { FolderExcludes } from "#core/contract/watching-models.ts";
import type { Random } from "#core/base/random.ts";
import { createExcludes } from "#core/files/excludes.ts";
import { walkFolder } from "#core/files/walk.ts";
import { walkSome } from "#core/files/walk-some.ts";
import type { Self } from "#core/self/self.ts";
import { newNonce, newReadKey, spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import { folderMark } from "#core/folders/shared-folders.ts";
import type {
  SharedFolder,
  SharedFolders,
} from "#core/folders/shared-folders.ts";

/** What is shared, and with whom. */
export interface NewShare {
  /** Absolute. */
  readonly path: string;
  readonly title: string;
  readonly about: string;
  readonly audience: ShareAudience;
  readonly excludes: FolderExcludes;
  /** The only files of the folder that are shared; null for all. */
  readonly only: readonly string[] | null;
}

export interface FoundingOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly spaces: Spaces;
  readonly shared: SharedFolders;
  readonly random: Random;
}

/**
 * Makes the collection that a folder becomes. Nothing of it is read yet.
 * @throws `folder-missing`, `folder-unreadable`, `folder-empty`
 */
export async function foundCollection(
  options: FoundingOptions,
  share: NewShare,
): Promise<SharedFolder> {
  const { path, title, about, audience, excludes, only } = share;
  const { me, random, spaces, self, shared } = options;
  const name = basename(path);
  const mark = await folderMark(path);
  if (!(await hasFiles(share))) throw new CoreError("folder-empty", { name });
  const link: SpaceLink = {
    charter: {
      v: 1,
      kind: "collection",
      policy: "closed",
      founder: me,
      nonce: newNonce(random),
    },
    readKey: newReadKey(random),
  };
  const space = spaceIdOf(link.charter);
  const trimmed = title.trim();
  const folder: SharedFolder = {
    space,
    path,
    mark: mark ?? "",
    title: trimmed === "" ? name : trimmed,
    about: about.trim(),
    audience,
    isOffered: false,
    leftOut: [],
    live: true,
    excludes,
    only,
    gone: 0,
  };
  // Before it is held: cut short here, the next start knows what was begun.
  shared.add(folder);
  try {
    await self.append({ type: "hold", link });
  } catch (error) {
    shared.remove(space);
    throw error;
  }
  await spaces.hold(link);
  return folder;
}

async function hasFiles(share: NewShare): Promise<boolean> {
  const { path, only } = share;
  const excludes = createExcludes(share.excludes);
  const files =
    only === null
      ? walkFolder(path, { excludes })
      : walkSome(path, only, { excludes });
  for await (const file of files) return file.size >= 0;
  return false;
}
