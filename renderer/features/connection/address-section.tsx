import { useId, useState } from "react";
import { useTask } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Qr } from "#renderer/ui/qr.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { errorLine, errorWords } from "#renderer/words/errors.ts";

/** For networks that keep computers from finding each other: one says where it is, the other types it. */
export function AddressSection() {
  const network = useCoreState("network", {});
  const task = useTask("connectTo");
  const toast = useToast();
  const [text, setText] = useState("");
  const id = useId();
  const [address] = network?.addresses ?? [];
  return (
    <section className="connection-section" aria-labelledby={id}>
      <div className="connection-section__head">
        <h2 id={id}>By address</h2>
      </div>
      <p className="connection-section__hint">
        Some networks keep computers from finding each other. A contact on the
        same network can then be reached by the address of their computer.
      </p>
      {address !== undefined && (
        <div className="connection-address">
          <Qr text={address} label="The address of this computer" />
          <div>
            <p className="connection-section__hint">This computer:</p>
            <p className="connection-address__text">{address}</p>
          </div>
        </div>
      )}
      <form
        className="connection-form"
        data-address-form
        onSubmit={(event) => {
          event.preventDefault();
          task.run({ address: text }, () => {
            setText("");
            toast({ words: "Connected." });
          });
        }}
      >
        <Field
          label="Address of the other computer"
          value={text}
          placeholder="192.168.1.23:49737"
          error={
            task.error === null
              ? null
              : errorLine(errorWords(task.error.code, task.error.details))
          }
          onChange={(next) => {
            setText(next);
            task.clear();
          }}
        />
        <Button type="submit" disabled={text.trim() === "" || task.pending}>
          {task.pending ? "Connecting…" : "Connect"}
        </Button>
      </form>
    </section>
  );
}
