export function TransfersPanel(_props: { readonly onClose: () => void }) {
  return null;
}
