import "./text-comparison.css";
import { useState } from "react";
import { useShell } from "#renderer/core/shell-context.ts";
import {
  PREVIEW_BYTES,
  PREVIEW_PIXELS,
} from "#renderer/parts/media/preview-limits.ts";
import {
  PICTURE_HEAD_BYTES,
  readPictureHeader,
} from "#core/contract/picture-header.ts";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { useReading } from "#renderer/parts/media/use-reading.ts";
import { Choices } from "#renderer/ui/choices.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { ComparedFile, CompareProps } from "./compared-file.ts";
import { CompareNotice } from "./compare-notice.tsx";
import { FactsComparison } from "./facts-comparison.tsx";
import "./picture-comparison.css";

/** Two pictures: beside each other, or one over the other with an edge that moves. */
export function PictureComparison(props: CompareProps) {
  const { fileUrl } = useShell();
  const [look, setLook] = useState<"beside" | "over">("over");
  const files = [props.before, props.after].map(({ file }) => ({
    address: fileUrl(file.root, file.name),
    size: file.size,
  }));
  const reading = useReading(JSON.stringify(files), async (signal) => {
    const heads = await Promise.all(
      files.map(async ({ address, size }) =>
        readPictureHeader(
          await readPart(
            address,
            0,
            Math.min(size, PICTURE_HEAD_BYTES),
            signal,
          ),
        ),
      ),
    );
    if (heads.includes(null)) throw new Error("no picture");
    const isVast = heads.some(
      (head) => (head?.width ?? 0) * (head?.height ?? 0) > PREVIEW_PIXELS,
    );
    return isVast || files.some(({ size }) => size > PREVIEW_BYTES)
      ? "large"
      : "fine";
  });
  if (reading.stage === "reading")
    return <Skeleton shape="line" label="Comparing…" />;
  if (reading.stage !== "ready") return <CompareNotice reading={reading} />;
  if (reading.value === "large") return <FactsComparison {...props} />;
  return (
    <div className="compare">
      <div className="compare__bar">
        <Choices
          label="How to show it"
          value={look}
          choices={[
            { id: "over", words: "With a slider" },
            { id: "beside", words: "Side by side" },
          ]}
          onChange={setLook}
        />
      </div>
      {look === "beside" ? <Beside {...props} /> : <Over {...props} />}
    </div>
  );
}

function Beside({ before, after }: CompareProps) {
  return (
    <div className="pictures">
      {[before, after].map((one) => (
        <figure key={one.file.root + one.label} className="pictures__one">
          <Picture of={one} />
          <figcaption>
            <Foreign>{one.label}</Foreign>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

function Picture(props: { readonly of: ComparedFile }) {
  const { fileUrl } = useShell();
  const { file, label } = props.of;
  return (
    <img
      className="pictures__picture"
      src={fileUrl(file.root, file.name)}
      alt={`${foreignLine(file.name)}, ${foreignLine(label)}`}
      draggable={false}
    />
  );
}

function Over({ before, after }: CompareProps) {
  const [edge, setEdge] = useState(50);
  return (
    <div className="swipe" style={{ "--edge": `${edge}%` }}>
      <div className="swipe__names">
        <Foreign>{before.label}</Foreign>
        <Foreign>{after.label}</Foreign>
      </div>
      {/* Pictures lie the same way round in every script. */}
      <div className="swipe__box" dir="ltr">
        <Picture of={before} />
        <div className="swipe__after">
          <Picture of={after} />
        </div>
        <span className="swipe__edge" aria-hidden />
        <input
          type="range"
          className="swipe__input"
          aria-label="How much of the first picture is shown"
          aria-valuetext={`${String(edge)} %`}
          data-keys="own"
          min={0}
          max={100}
          step={1}
          value={edge}
          onChange={(event) => setEdge(event.currentTarget.valueAsNumber)}
        />
      </div>
    </div>
  );
}
