import { useCallback } from "react";
import { useToast } from "./toasts.tsx";

/** Puts a text on the clipboard and says so. */
export function useCopy(): (text: string, said: string) => void {
  const toast = useToast();
  return useCallback(
    (text, said) => {
      navigator.clipboard.writeText(text).then(
        () => toast({ words: said }),
        () =>
          toast({
            words:
              "It could not be copied. Select the text and copy it by hand.",
            tone: "danger",
          }),
      );
    },
    [toast],
  );
}
