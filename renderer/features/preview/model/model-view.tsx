import { useEffect, useRef, useState } from "react";
import { Grid3x3, RotateCcw } from "lucide-react";
import type { Object3D } from "three";
import { usePreviewKeys } from "#renderer/features/preview/preview-keys.ts";
import { PREVIEW_BYTES } from "#renderer/parts/media/preview-limits.ts";
import {
  BrokenNotice,
  LargeNotice,
  ReadingNotice,
  WaitingNotice,
} from "#renderer/features/preview/preview-notice.tsx";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { Tools } from "#renderer/features/preview/tools.tsx";
import { useReading } from "#renderer/parts/media/use-reading.ts";
import { useFirstFocus } from "#renderer/features/preview/use-first-focus.ts";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { plural } from "#renderer/words/time.ts";
import { readModel, type ReadModel } from "./read-model.ts";
import { openStage, type StageScene } from "./stage-scene.ts";
import "./model-view.css";

const TURN = Math.PI / 16;

/** A model that can be turned by mouse, touch and arrow keys. */
export function ModelView(props: ViewProps) {
  const { address, file } = props;
  const reading = useReading<ReadModel>(address, async (signal) => {
    if (file.size > PREVIEW_BYTES) return { kind: "large" };
    const bytes = await readPart(address, 0, file.size, signal);
    return await readModel(bytes, /\.stl$/iu.test(file.name));
  });
  if (reading.stage === "reading") return <ReadingNotice />;
  if (reading.stage === "waiting")
    return <WaitingNotice {...props} isFull={reading.isFull} />;
  if (reading.stage === "broken") return <BrokenNotice {...props} />;
  const read = reading.value;
  switch (read.kind) {
    case "large":
      return <LargeNotice {...props} />;
    case "packed":
      return (
        <BrokenNotice
          {...props}
          words="This model is packed in a form that cannot be shown here."
        />
      );
    case "missing":
      return (
        <BrokenNotice
          {...props}
          words={`The shape of this model is in another file: \u2068${foreignLine(read.part)}\u2069`}
        />
      );
    case "model":
      return <Stage {...props} model={read} />;
  }
}

function Stage(
  props: ViewProps & {
    readonly model: {
      readonly object: Object3D;
      readonly triangles: number;
      readonly missing: readonly string[];
    };
  },
) {
  const { model } = props;
  const box = useRef<HTMLDivElement>(null);
  useFirstFocus(box);
  const stage = useRef<StageScene | null>(null);
  const [isWire, setWire] = useState(false);
  const [cannot, setCannot] = useState(false);
  useEffect(() => {
    if (box.current === null) return;
    try {
      stage.current = openStage(box.current, model.object);
    } catch {
      // oxlint-disable-next-line react/set-state-in-effect -- only the attempt tells whether this computer can draw it
      setCannot(true);
    }
    return () => {
      stage.current?.close();
      stage.current = null;
    };
  }, [model]);
  useEffect(() => stage.current?.setWireframe(isWire), [isWire]);
  usePreviewKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => stage.current?.turn(-TURN, 0),
      ArrowRight: () => stage.current?.turn(TURN, 0),
      ArrowUp: () => stage.current?.turn(0, -TURN),
      ArrowDown: () => stage.current?.turn(0, TURN),
      "+": () => stage.current?.near(0.85),
      "=": () => stage.current?.near(0.85),
      "-": () => stage.current?.near(1 / 0.85),
      "0": () => stage.current?.reset(),
      w: () => setWire(!isWire),
    };
    const act = keys[event.key];
    act?.();
    return act !== undefined;
  });
  if (cannot)
    return (
      <BrokenNotice
        {...props}
        words="This computer draws no 3D models in this window."
      />
    );
  return (
    <>
      <div
        ref={box}
        className="model"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a stage that is drawn on, not a file
        role="img"
        aria-label={`3D model ${foreignLine(props.file.name)}. Arrow keys turn it.`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is turned by keys
        tabIndex={0}
      />
      {model.missing.length > 0 && (
        <p className="model__missing">
          Not in this file:{" "}
          <Foreign>{model.missing.slice(0, 4).join(", ")}</Foreign>
          {model.missing.length > 4 && ` and ${model.missing.length - 4} more`}
        </p>
      )}
      <Tools label="Model">
        <span className="tools__words">
          {plural(model.triangles, "triangle")}
        </span>
        <IconButton
          icon={Grid3x3}
          label="Wireframe"
          keys="W"
          pressed={isWire}
          onPress={() => setWire(!isWire)}
        />
        <IconButton
          icon={RotateCcw}
          label="As at first"
          keys="0"
          onPress={() => stage.current?.reset()}
        />
      </Tools>
    </>
  );
}
