import { FolderOpen } from "lucide-react";
import type { LinkPreview } from "#core/contract/contact-models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Screen } from "#renderer/ui/screen.tsx";

/** A collection's link: its title, whose it says it is, and what following it does. */
export function CollectionLink(props: {
  readonly link: string;
  readonly preview: Extract<LinkPreview, { kind: "collection" }>;
}) {
  const { link, preview } = props;
  const { back, replace } = useRouter();
  const contacts = useCoreState("contacts", {});
  const open = useTask("openLink");
  const owner = contacts?.find((one) => one.person === preview.person);
  const show = () =>
    replace({
      screen: "collection",
      collection: preview.collection,
      folder: "",
    });
  return (
    <Screen title="Collection" onBack={back}>
      <section className="link-card" aria-labelledby="link-title">
        <span className="link-card__picture" aria-hidden>
          <FolderOpen size={32} strokeWidth={1.5} />
        </span>
        <p className="link-card__says">
          <strong id="link-title">
            <Foreign>{preview.title}</Foreign>
          </strong>
        </p>
        <p>
          {owner === undefined ? (
            "From somebody who is not among your contacts."
          ) : (
            <>
              From <Foreign>{owner.name}</Foreign>, your contact.
            </>
          )}
        </p>
        <div className="link-card__stage">
          {preview.known ? (
            <Button kind="primary" size="large" onPress={show}>
              Open collection
            </Button>
          ) : (
            <>
              <p>
                If you connect, its list of files is fetched from those who hold
                it, and they can see that you came. No file is downloaded before
                you say so.
              </p>
              <ErrorNotice error={open.error} />
              <div className="link-card__answers">
                <Button
                  kind="primary"
                  size="large"
                  pending={open.pending}
                  onPress={() => open.run({ link }, show)}
                >
                  Connect
                </Button>
                <Button size="large" onPress={back}>
                  Not now
                </Button>
              </div>
            </>
          )}
        </div>
      </section>
    </Screen>
  );
}
