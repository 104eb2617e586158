/** How files of collections are told apart from what else names content. */
const PREFIX = "file:";

/** What stands for a path in `Named`. */
export function subjectOf(path: string): string {
  return PREFIX + path;
}

/** The path; null for what is no file of a collection. */
export function pathOfSubject(subject: string): string | null {
  return subject.startsWith(PREFIX) ? subject.slice(PREFIX.length) : null;
}
