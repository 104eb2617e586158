export function ShareDialog(_props: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  return null;
}
