import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { FileLink, PersonLabel, Time } from "#core/contract/models.ts";
import type { Post } from "#core/contract/feed-models.ts";
import type { StateParams } from "#core/contract/states.ts";

/** What a preview shows first, and the list its neighbours come from. */
export type PreviewSubject =
  | {
      readonly kind: "collection";
      /** The listing the file was opened from, as it was asked for. */
      readonly listing: Omit<StateParams<"collection">, "first" | "count">;
      readonly path: string;
      /** The file's place in that listing. */
      readonly index: number;
    }
  | {
      /** One version of a file, opened from the list of its versions. */
      readonly kind: "version";
      readonly file: FileLink;
      readonly from: PersonLabel;
      readonly changedAt: Time;
      readonly isHere: boolean;
      readonly collection: SpaceId;
      readonly path: string;
    }
  | {
      readonly kind: "post";
      readonly post: Post;
      readonly root: FileRoot;
      readonly name: string;
    };
