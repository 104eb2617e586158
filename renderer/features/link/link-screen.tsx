import { useCallback, useEffect, useState } from "react";
import { Link2Off } from "lucide-react";
import { CoreError } from "#core/contract/errors.ts";
import type { LinkPreview } from "#core/contract/contact-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { isNoLink } from "#renderer/parts/place/find-link.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { errorWords } from "#renderer/words/errors.ts";
import { CollectionLink } from "./collection-link.tsx";
import { InviteLink } from "./invite-link.tsx";
import "./link-screen.css";

/** The page of a link: who it says it is from, what will happen, and two answers. The link never acts by itself (IN6). */
export function LinkScreen(props: { readonly link: string }) {
  const { link } = props;
  const { back } = useRouter();
  const act = useAct();
  const [preview, setPreview] = useState<LinkPreview | null>(null);
  const [error, setError] = useState<CoreError | null>(() =>
    isNoLink(link) ? new CoreError("invite-foreign", {}) : null,
  );
  const read = useCallback(() => {
    if (isNoLink(link)) return;
    act("readLink", { link }, { done: setPreview, failed: setError });
  }, [act, link]);
  useEffect(read, [read]);

  if (error !== null) {
    const words = errorWords(error.code, error.details);
    return (
      <Screen title="Link" onBack={back}>
        <Empty
          icon={Link2Off}
          title={words.what}
          actions={
            <>
              {error.code === "core-unavailable" && (
                <Button
                  kind="primary"
                  onPress={() => {
                    setError(null);
                    read();
                  }}
                >
                  Try again
                </Button>
              )}
              <Button onPress={back}>Go back</Button>
            </>
          }
        >
          {[words.lost, words.todo].filter((part) => part !== null).join(" ")}
        </Empty>
      </Screen>
    );
  }
  if (preview === null) {
    return (
      <Screen title="Link" onBack={back}>
        <Skeleton shape="row" rows={1} label="Reading the link…" />
      </Screen>
    );
  }
  return preview.kind === "invite" ? (
    <InviteLink link={link} preview={preview} />
  ) : (
    <CollectionLink link={link} preview={preview} />
  );
}
