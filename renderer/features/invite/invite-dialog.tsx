export function InviteDialog(_props: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  return null;
}
