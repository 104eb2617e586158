import type { ReactNode } from "react";
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { X } from "lucide-react";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";
import { after } from "./clock.ts";
import { readClock } from "./read-clock.ts";
import { useSay } from "./live.tsx";
import "./toasts.css";

/** How long a toast stays; it rests while pointed at, focused, or while the window is hidden. */
const TOAST_MS = 8_000;

export interface ToastInput {
  readonly words: string;
  readonly tone?: "plain" | "danger";
  readonly action?: { readonly words: string; readonly run: () => void };
  /** Stays until it is closed. */
  readonly stays?: boolean;
}

/** Shows a toast; the answer takes it away. */
export type ShowToast = (toast: ToastInput) => () => void;

interface Toast extends ToastInput {
  readonly id: number;
}

/** What an action is called that takes back what was just done; the key for Undo does it too. */
const UNDO = "Undo";

const ToastContext = createContext<ShowToast>(() => () => {});
const UndoContext = createContext<() => boolean>(() => false);

/** Shows a short message at the foot of the window, with at most one thing to do. */
export function useToast(): ShowToast {
  return use(ToastContext);
}

/** Takes back what the newest message offers to; false when none does. */
export function useUndoNewest(): () => boolean {
  return use(UndoContext);
}

/** Holds the toasts, newest at the bottom. The region is reached with F6. */
export function Toasts(props: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const say = useSay();
  const close = useCallback((id: number) => {
    setToasts((before) => before.filter((toast) => toast.id !== id));
  }, []);
  const show = useCallback<ShowToast>(
    (toast) => {
      count.current += 1;
      const id = count.current;
      setToasts((before) => [...before.slice(-2), { ...toast, id }]);
      say(toast.words);
      return () => close(id);
    },
    [close, say],
  );
  const undoNewest = useCallback(() => {
    const newest = toasts.findLast(({ action }) => action?.words === UNDO);
    if (newest === undefined) return false;
    close(newest.id);
    newest.action?.run();
    return true;
  }, [close, toasts]);
  const rows = useMemo(
    () =>
      toasts.map((toast) => (
        <ToastRow key={toast.id} toast={toast} onClose={close} />
      )),
    [toasts, close],
  );
  return (
    <ToastContext value={show}>
      <UndoContext value={undoNewest}>{props.children}</UndoContext>
      <section
        className="toasts"
        aria-label="Messages"
        data-region={toasts.length > 0 ? "toasts" : null}
        tabIndex={-1}
      >
        {rows}
      </section>
    </ToastContext>
  );
}

function ToastRow(props: {
  readonly toast: Toast;
  readonly onClose: (id: number) => void;
}) {
  const { toast, onClose } = props;
  const [isResting, setResting] = useState(false);
  const left = useRef(TOAST_MS);
  useEffect(() => {
    if (isResting || toast.stays === true || document.hidden) return;
    const began = readClock();
    const cancel = after(left.current, () => onClose(toast.id));
    return () => {
      cancel();
      left.current = Math.max(1_000, left.current - (readClock() - began));
    };
  }, [isResting, onClose, toast]);
  useEffect(() => {
    const look = () => setResting(document.hidden);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return (
    <div
      className={`toast toast--${toast.tone ?? "plain"}`}
      onPointerEnter={() => setResting(true)}
      onPointerLeave={() => setResting(false)}
      onFocus={() => setResting(true)}
      onBlur={() => setResting(false)}
    >
      <p className="toast__words">{toast.words}</p>
      {toast.action !== undefined && (
        <Button
          size="small"
          kind="quiet"
          onPress={() => {
            onClose(toast.id);
            toast.action?.run();
          }}
        >
          {toast.action.words}
        </Button>
      )}
      <IconButton
        icon={X}
        label="Close message"
        size="small"
        onPress={() => onClose(toast.id)}
      />
    </div>
  );
}
