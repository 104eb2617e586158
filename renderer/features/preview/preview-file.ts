import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type {
  CollectionItem,
  CollectionRow,
  FileStage,
} from "#core/contract/collection-models.ts";
import type { Attachment, Post } from "#core/contract/feed-models.ts";
import type { PersonLabel, Time } from "#core/contract/models.ts";
import type { PreviewSubject } from "#renderer/parts/place/preview-subject.ts";
import { fileWords } from "#renderer/words/files.ts";

/** A file as the preview shows it, wherever it was opened from. */
export interface PreviewFile {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly root: FileRoot;
  /** What a picture shows, in words; empty when nobody said. */
  readonly alt: string;
  readonly changedAt: Time | null;
  /** Whether its bytes are on this computer. */
  readonly isHere: boolean;
  /** Where it stands in its collection; null for what hangs on a post. */
  readonly state: FileStage | null;
  /** Who shared it. */
  readonly from: PersonLabel;
  /** Where it stands in a collection; null for what hangs on a post. */
  readonly place: {
    readonly collection: SpaceId;
    readonly path: string;
  } | null;
}

type FileItem = Extract<CollectionItem, { kind: "file" }>;

export function fileOfCollection(
  item: FileItem,
  row: CollectionRow,
): PreviewFile {
  return {
    key: `${row.collection}/${item.path}`,
    name: item.name,
    size: item.size,
    mediaType: item.mediaType,
    root: item.root,
    alt: "",
    changedAt: item.changedAt,
    isHere: isHere(item.state),
    state: item.state,
    from: row.owner,
    place: { collection: row.collection, path: item.path },
  };
}

export function fileOfPost(attached: Attachment, post: Post): PreviewFile {
  return {
    key: attached.root + attached.name,
    name: attached.name,
    size: attached.size,
    mediaType: attached.mediaType,
    root: attached.root,
    alt: attached.alt,
    changedAt: null,
    isHere: attached.here,
    state: null,
    from: post.author,
    place: null,
  };
}

export function fileOfVersion(
  subject: Extract<PreviewSubject, { readonly kind: "version" }>,
): PreviewFile {
  const { file, from, changedAt } = subject;
  return {
    ...file,
    key: file.root,
    alt: "",
    changedAt,
    isHere: subject.isHere,
    state: null,
    from,
    place: null,
  };
}

function isHere(state: FileStage): boolean {
  return !["away", "coming", "waiting", "paused", "failed"].includes(
    state.stage,
  );
}

/** "On this computer", "Coming, 42 %", "Not downloaded. Ana has it". */
export function stateWords(file: PreviewFile): string {
  if (file.state !== null) return fileWords(file.state, file.size);
  return file.isHere ? "On this computer" : "Not downloaded";
}
