import { useEffect, useState } from "react";
import type { FolderExcludes } from "#core/contract/watching-models.ts";

/** More are not taken, nor needed. */
const PATTERNS_MAX = 100;

/** What a person writes, one pattern a line or between commas. */
export function readPatterns(text: string): readonly string[] {
  return text
    .split(/[\n,]/)
    .map((one) => one.trim().slice(0, 200))
    .filter((one) => one !== "")
    .slice(0, PATTERNS_MAX);
}

/** While somebody writes, the folder is not counted anew with every letter. */
const PAUSE_MS = 350;

export interface ExcludesForm {
  /** As it stands in the form. */
  readonly excludes: FolderExcludes;
  /** As it was a moment ago: what is counted. */
  readonly counted: FolderExcludes;
  readonly setExcludes: (excludes: FolderExcludes) => void;
  readonly patterns: string;
  readonly setPatterns: (text: string) => void;
}

/** What is left out, in a form. */
export function useExcludes(initial: FolderExcludes): ExcludesForm {
  const [chosen, setChosen] = useState(initial);
  const [patterns, setPatterns] = useState(initial.patterns.join(", "));
  const [settled, setSettled] = useState(patterns);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(patterns), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [patterns]);
  return {
    excludes: { ...chosen, patterns: readPatterns(patterns) },
    counted: { ...chosen, patterns: readPatterns(settled) },
    setExcludes: setChosen,
    patterns,
    setPatterns,
  };
}
