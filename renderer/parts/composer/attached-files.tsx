import { FileText, X } from "lucide-react";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import type { Chips } from "./use-chips.ts";
import "./attached-files.css";

/** What is attached so far: each with its size, a field to describe pictures, and a way to take it off. */
export function AttachedFiles(props: { readonly chips: Chips }) {
  const { chips } = props;
  if (chips.all.length === 0) return null;
  const total = chips.all.reduce((sum, chip) => sum + (chip.size ?? 0), 0);
  return (
    <div className="attached">
      <ul aria-label="Attached files">
        {chips.all.map((chip) => (
          <li key={chip.grant} className="attached__file">
            {chip.preview === null ? (
              <span className="attached__picture" aria-hidden>
                <FileText size={22} />
              </span>
            ) : (
              <img
                className="attached__picture"
                src={chip.preview}
                alt=""
                onError={() => chips.undrawn(chip.grant)}
              />
            )}
            <div className="attached__words">
              <span>
                <Foreign>{chip.name}</Foreign>
                {chip.size !== null && (
                  <span className="attached__size">
                    {" "}
                    {sizeWords(chip.size)}
                  </span>
                )}
              </span>
              {chip.preview !== null && (
                <input
                  className="attached__alt"
                  aria-label={`Description of ${chip.name}`}
                  placeholder="Describe for people who cannot see it"
                  dir="auto"
                  value={chip.alt}
                  maxLength={1000}
                  onChange={(event) =>
                    chips.describe(chip.grant, event.target.value)
                  }
                />
              )}
            </div>
            <IconButton
              icon={X}
              size="small"
              label={`Remove ${chip.name}`}
              onPress={() => chips.remove(chip.grant)}
            />
          </li>
        ))}
      </ul>
      {total > 0 && (
        <p className="attached__total">
          Your contacts will need about {sizeWords(total)}
        </p>
      )}
    </div>
  );
}
