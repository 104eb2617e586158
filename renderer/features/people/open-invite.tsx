import { useState } from "react";
import { findLink, isNoLink } from "#renderer/parts/place/find-link.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { readQr } from "#renderer/ui/qr-read.ts";
import "./open-invite.css";

/** Opening an invite somebody sent: paste its link, or choose its picture. Its page comes first (IN6). */
export function OpenInvite() {
  const { go } = useRouter();
  const [text, setText] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const open = (link: string) => {
    setText("");
    go({ screen: "link", link });
  };
  return (
    <section aria-labelledby="open-invite-title">
      <h2 id="open-invite-title" className="people__title">
        Open an invite
      </h2>
      <form
        className="open-invite"
        onSubmit={(event) => {
          event.preventDefault();
          const given = text.trim();
          if (given === "") return;
          const link = findLink(given);
          if (link === null && isNoLink(given))
            setTrouble("This is not a Commonplace link.");
          else open(link ?? given);
        }}
      >
        <Field
          label="Invite link"
          value={text}
          onChange={(next) => {
            setText(next);
            setTrouble(null);
          }}
          placeholder="commonplace:…"
          hint="Paste the link here, or drop its picture anywhere on this window. Nothing happens before you have seen who it is from."
          error={trouble}
        />
        <div className="open-invite__go">
          <Button type="submit" disabled={text.trim() === ""}>
            Open
          </Button>
          <label className="open-invite__picture">
            <span className="link">Choose a picture</span>
            <input
              className="unseen"
              type="file"
              accept="image/*"
              aria-label="Choose a picture of an invite"
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                event.target.value = "";
                if (file === undefined) return;
                readQr(file).then(
                  (found) => {
                    const link = found === null ? null : findLink(found);
                    if (link === null)
                      setTrouble("There is no invite in this picture.");
                    else open(link);
                  },
                  () => setTrouble("This picture cannot be read."),
                );
              }}
            />
          </label>
        </div>
      </form>
    </section>
  );
}
