import type {
  FolderExcludes,
  FolderWatchRow,
  SharePreview,
  WatchStage,
} from "#core/contract/watching-models.ts";

export const someExcludes: FolderExcludes = {
  hidden: true,
  temporary: true,
  patterns: [],
};

/** An own folder that is watched. */
export function fakeWatch(stage: WatchStage): FolderWatchRow {
  return { live: true, excludes: someExcludes, everyMs: null, stage };
}

/** What a count of a folder says. */
export function fakePreview(
  excludes: FolderExcludes,
  isShared: boolean,
): SharePreview {
  const hidden = { files: 212, bytes: 4_100_000 };
  const temporary = { files: 31, bytes: 2_400_000 };
  const patterns =
    excludes.patterns.length === 0
      ? { files: 0, bytes: 0 }
      : { files: 14, bytes: 88_000_000 };
  const left = [
    ...(excludes.hidden ? [hidden] : []),
    ...(excludes.temporary ? [temporary] : []),
    patterns,
  ];
  return {
    stage: "done",
    problem: null,
    shared: {
      files: 3_655 - left.reduce((sum, it) => sum + it.files, 0),
      bytes: 8_190_000_000 - left.reduce((sum, it) => sum + it.bytes, 0),
    },
    hidden,
    temporary,
    patterns,
    unshareable: 3,
    unnamed: 1,
    emptyFolders: 2,
    leftOut: [
      ...(excludes.hidden
        ? ([
            { path: ".config/", kind: "hidden" },
            { path: "plans/.old/", kind: "hidden" },
          ] as const)
        : []),
      ...(excludes.temporary
        ? ([
            { path: "minutes/~$2024-03.docx", kind: "temporary" },
            { path: "website/node_modules/", kind: "temporary" },
          ] as const)
        : []),
      ...excludes.patterns.map(
        (pattern) =>
          ({
            path: `drafts/${pattern.replace("*", "fence")}`,
            kind: "pattern",
          }) as const,
      ),
      { path: "old/link-to-desktop", kind: "link" },
      { path: "plans/socket", kind: "special" },
      { path: "plans/caf\uFFFD.txt", kind: "name" },
    ],
    leaving:
      isShared && excludes.patterns.length > 0
        ? { files: 14, first: ["drafts/fence 1.log", "drafts/fence 2.log"] }
        : { files: 0, first: [] },
  };
}
