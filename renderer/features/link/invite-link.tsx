import type { LinkPreview } from "#core/contract/contact-models.ts";
import { ShieldCheck } from "lucide-react";
import { useTask } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { isWaiting } from "#renderer/parts/request/is-waiting.ts";
import { WaitingRequest } from "#renderer/parts/request/waiting-request.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { Picture } from "#renderer/ui/picture.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { openedWords } from "#renderer/words/invites.ts";
import { untilWords } from "#renderer/words/time.ts";

/** An invite: what it claims, what connecting does, and afterwards how it goes. */
export function InviteLink(props: {
  readonly link: string;
  readonly preview: Extract<LinkPreview, { kind: "invite" }>;
}) {
  const { link, preview } = props;
  const { back, go, replace } = useRouter();
  const invites = useCoreState("invites", {});
  const open = useTask("openLink");
  const now = useNow(60_000);
  const opened = invites?.opened.find((one) => one.invite === preview.invite);
  const name = <Foreign>{preview.name}</Foreign>;
  return (
    <Screen title="Invite" onBack={back}>
      <section
        className="link-card"
        aria-label={`Invite from ${foreignLine(preview.name)}`}
      >
        <Picture
          seed={preview.person}
          name={preview.name}
          address={null}
          size={72}
        />
        <p className="link-card__says">
          This invite says it is from <strong>{name}</strong>
        </p>
        {preview.isKeeper && (
          <p className="link-card__keeper">
            <ShieldCheck size={18} aria-hidden /> This is a keeper
          </p>
        )}
        {preview.message !== "" && (
          <blockquote className="link-card__message">
            <Foreign>{preview.message}</Foreign>
          </blockquote>
        )}
        {opened !== undefined ? (
          <div className="link-card__stage">
            {isWaiting(opened) ? (
              <output>
                <WaitingRequest opened={opened} />
              </output>
            ) : (
              <Notice
                tone={opened.state.stage === "refused" ? "warn" : "info"}
                alert
              >
                {openedWords(opened)}
              </Notice>
            )}
            <Button
              kind="primary"
              size="large"
              onPress={() =>
                opened.state.stage === "done"
                  ? replace({ screen: "person", person: preview.person })
                  : go({ screen: "people" })
              }
            >
              {opened.state.stage === "done"
                ? `See ${foreignLine(preview.name)}’s page`
                : "Go to People"}
            </Button>
          </div>
        ) : preview.known ? (
          <div className="link-card__stage">
            <p>You are contacts already. Opening it changes nothing.</p>
            <Button
              kind="primary"
              size="large"
              onPress={() =>
                replace({ screen: "person", person: preview.person })
              }
            >
              See their page
            </Button>
          </div>
        ) : (
          <div className="link-card__stage">
            {preview.isKeeper ? (
              <p>
                A computer that stays on and holds copies for others. If you
                connect, {name} sees your name and keeps your posts as far as it
                has room, sealed: it cannot read them. What it keeps, and
                whether it may read, you choose under Keepers.
              </p>
            ) : (
              <p>
                If you connect, you and {name} become contacts. {name} sees your
                name and what you post to contacts, and you see theirs. Anyone
                can call themselves anything: connect if the link came to you
                from them.
              </p>
            )}
            <ErrorNotice error={open.error} />
            <div className="link-card__answers">
              <Button
                kind="primary"
                size="large"
                pending={open.pending}
                onPress={() => open.run({ link })}
              >
                Connect
              </Button>
              <Button size="large" onPress={back}>
                Not now
              </Button>
            </div>
            <p className="link-card__small">
              Works for {untilWords(preview.expiresAt, now)}.
            </p>
          </div>
        )}
      </section>
    </Screen>
  );
}
