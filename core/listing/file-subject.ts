/** How files of collections are told apart from what else names content. */
export const FILE_SUBJECTS = "file:";

/** What stands for a path in `Named`. */
export function subjectOf(path: string): string {
  return FILE_SUBJECTS + path;
}

/** The path; null for what is no file of a collection. */
export function pathOfSubject(subject: string): string | null {
  return subject.startsWith(FILE_SUBJECTS)
    ? subject.slice(FILE_SUBJECTS.length)
    : null;
}
