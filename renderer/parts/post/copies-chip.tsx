import { Check, Laptop, ShieldCheck } from "lucide-react";
import type { Copies } from "#core/contract/feed-models.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { copiesWords } from "#renderer/words/copies.ts";

/** Where copies of an own post are. */
export function CopiesChip(props: { readonly copies: Copies }) {
  const settings = useCoreState("settings", {});
  const words = copiesWords(props.copies, settings?.network === "nobody");
  if (words === null) return null;
  return (
    <span className="copies">
      {signOf(props.copies)}
      <span>{words}</span>
    </span>
  );
}

function signOf(copies: Copies) {
  if (copies?.stage !== "out") return <Laptop size={14} aria-hidden />;
  return copies.keepers !== undefined && copies.keepers.length > 0 ? (
    <ShieldCheck size={14} aria-hidden />
  ) : (
    <Check size={14} aria-hidden />
  );
}
