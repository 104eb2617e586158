import { useEffect, useId, useState } from "react";
import {
  CircleAlert,
  CircleCheck,
  CircleX,
  ClipboardCopy,
  RotateCw,
} from "lucide-react";
import type { DoctorReport } from "#core/contract/connection-models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { useCopy } from "#renderer/ui/use-copy.ts";
import { doctorLines, doctorText } from "#renderer/words/doctor.ts";
import type { DoctorLine, DoctorRemedy } from "#renderer/words/doctor.ts";
import { errorLine, errorWords } from "#renderer/words/errors.ts";
import { RemedyButton } from "./remedy-button.tsx";

const SIGNS = { good: CircleCheck, careful: CircleAlert, bad: CircleX };

/** What stands between this computer and contacts, link by link. */
export function DoctorSection() {
  const { run, pending, error } = useTask("examine");
  const [report, setReport] = useState<DoctorReport | null>(null);
  const copy = useCopy();
  const id = useId();
  useEffect(() => run({}, setReport), [run]);
  return (
    <section className="connection-section" aria-labelledby={id}>
      <div className="connection-section__head">
        <h2 id={id}>From here to your contacts</h2>
        <div className="connection-section__actions">
          {report !== null && (
            <Button
              icon={ClipboardCopy}
              kind="quiet"
              onPress={() => copy(doctorText(report), "Copied.")}
            >
              Copy result
            </Button>
          )}
          <Button
            icon={RotateCw}
            disabled={pending}
            onPress={() => run({}, setReport)}
          >
            {pending ? "Looking…" : "Look again"}
          </Button>
        </div>
      </div>
      {error !== null && (
        <p role="alert">{errorLine(errorWords(error.code, error.details))}</p>
      )}
      {report === null ? (
        error === null && <Skeleton shape="line" label="Looking…" />
      ) : (
        <ol className="connection-chain" aria-busy={pending}>
          {doctorLines(report).map((line) => (
            <Link key={line.link} line={line} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Link({ line }: { readonly line: DoctorLine }) {
  const Icon = SIGNS[line.verdict];
  const words = { good: "Fine", careful: "Look here", bad: "Broken" } as const;
  return (
    <li className="connection-link" data-verdict={line.verdict}>
      <Icon size={20} aria-hidden />
      <div className="connection-link__words">
        <h3>
          {line.link}
          <span className="unseen">: {words[line.verdict]}</span>
        </h3>
        <p>{line.words}</p>
        {line.remedy !== null && <Remedy remedy={line.remedy} />}
      </div>
    </li>
  );
}

function Remedy({ remedy }: { readonly remedy: DoctorRemedy }) {
  return (
    <div>
      <RemedyButton remedy={remedy} />
    </div>
  );
}
