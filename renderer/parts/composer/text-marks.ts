/** Puts a mark around what is selected in a text box, or takes it away when it is there; answers the new text. */
export function toggleMark(box: HTMLTextAreaElement, mark: string): string {
  const { selectionStart: start, selectionEnd: end, value } = box;
  const size = mark.length;
  const isMarked =
    value.slice(start - size, start) === mark &&
    value.slice(end, end + size) === mark;
  if (isMarked) {
    box.setRangeText(
      value.slice(start, end),
      start - size,
      end + size,
      "select",
    );
  } else {
    box.setRangeText(`${mark}${value.slice(start, end)}${mark}`, start, end);
    box.setSelectionRange(start + size, end + size);
  }
  return box.value;
}
