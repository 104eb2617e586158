export interface CommandInfo {
  readonly words: string;
  /** Each is one way to call it; the first is the one shown. `Mod` is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[];
  readonly group:
    | "Everywhere"
    | "Posts"
    | "Writing"
    | "Files"
    | "Preview"
    | "Player"
    | "Transfers";
}

/** Every command of the app. Its id never changes; its keys may. */
export const commandList = {
  "new-post": { words: "New post", keys: ["Mod+N"], group: "Everywhere" },
  invite: {
    words: "Invite someone",
    keys: ["Mod+Shift+N"],
    group: "Everywhere",
  },
  share: {
    words: "Share files or a folder",
    keys: ["Mod+O"],
    group: "Everywhere",
  },
  "go-home": { words: "Home", keys: ["Mod+1", "Alt+1"], group: "Everywhere" },
  "go-people": {
    words: "People",
    keys: ["Mod+2", "Alt+2"],
    group: "Everywhere",
  },
  "go-files": { words: "Files", keys: ["Mod+3", "Alt+3"], group: "Everywhere" },
  "go-settings": { words: "Settings", keys: ["Mod+,"], group: "Everywhere" },
  transfers: {
    words: "Show or hide transfers",
    keys: ["Mod+J"],
    group: "Everywhere",
  },
  "pause-all": {
    words: "Pause or resume all transfers",
    keys: ["Mod+Alt+P"],
    group: "Everywhere",
  },
  find: { words: "Find on this page", keys: ["Mod+F"], group: "Everywhere" },
  back: { words: "Back", keys: ["Alt+ArrowLeft"], group: "Everywhere" },
  forward: { words: "Forward", keys: ["Alt+ArrowRight"], group: "Everywhere" },
  "next-region": {
    words: "Next part of the window",
    keys: ["F6"],
    group: "Everywhere",
  },
  "previous-region": {
    words: "Previous part of the window",
    keys: ["Shift+F6"],
    group: "Everywhere",
  },
  undo: { words: "Undo", keys: ["Mod+Z"], group: "Everywhere" },
  keys: { words: "List of keys", keys: ["Mod+/", "F1"], group: "Everywhere" },

  "next-post": { words: "Next post", keys: ["J", "PageDown"], group: "Posts" },
  "previous-post": {
    words: "Previous post",
    keys: ["K", "PageUp"],
    group: "Posts",
  },
  "next-unread": { words: "Next unread post", keys: ["N"], group: "Posts" },
  "open-post": { words: "Open the post", keys: ["Enter"], group: "Posts" },
  reply: { words: "Reply", keys: ["R"], group: "Posts" },
  react: { words: "React", keys: ["E"], group: "Posts" },
  "mark-unread": { words: "Mark read or unread", keys: ["M"], group: "Posts" },
  "post-menu": { words: "More about the post", keys: ["."], group: "Posts" },
  "before-posts": {
    words: "Leave the posts, upwards",
    keys: ["Mod+Home"],
    group: "Posts",
  },

  post: { words: "Post", keys: ["Mod+Enter"], group: "Writing" },
  attach: { words: "Attach files", keys: ["Mod+U"], group: "Writing" },
  bold: { words: "Bold", keys: ["Mod+B"], group: "Writing" },
  italic: { words: "Italic", keys: ["Mod+I"], group: "Writing" },
  code: { words: "Code", keys: ["Mod+E"], group: "Writing" },
  leave: {
    words: "Leave the box, keep the draft",
    keys: ["Escape"],
    group: "Writing",
  },

  "open-file": { words: "Open", keys: ["Enter"], group: "Files" },
  "preview-file": { words: "Preview", keys: ["Space"], group: "Files" },
  "open-elsewhere": {
    words: "Open in another app",
    keys: ["Mod+Enter"],
    group: "Files",
  },
  versions: { words: "Versions", keys: ["V"], group: "Files" },
  "item-menu": {
    words: "What can be done with it",
    keys: ["Shift+F10"],
    group: "Files",
  },
  "select-file": { words: "Select", keys: ["Mod+Space"], group: "Files" },
  "select-all": { words: "Select all", keys: ["Mod+A"], group: "Files" },
  download: {
    words: "Download what is selected",
    keys: ["Mod+D"],
    group: "Files",
  },
  "show-file": {
    words: "Show in folder",
    keys: ["Mod+Shift+R"],
    group: "Files",
  },
  "keep-file": {
    words: "Keep here, or keep no more",
    keys: ["P"],
    group: "Files",
  },
  "free-file": {
    words: "Free up space",
    keys: ["Mod+Backspace"],
    group: "Files",
  },

  "next-file": {
    words: "Next file",
    keys: ["Alt+ArrowDown", "ArrowRight"],
    group: "Preview",
  },
  "previous-file": {
    words: "Previous file",
    keys: ["Alt+ArrowUp", "ArrowLeft"],
    group: "Preview",
  },
  larger: { words: "Larger", keys: ["+"], group: "Preview" },
  smaller: { words: "Smaller", keys: ["-"], group: "Preview" },
  fit: { words: "Fit in the window", keys: ["0"], group: "Preview" },
  "full-size": { words: "Full size", keys: ["1"], group: "Preview" },
  "file-details": { words: "Details", keys: ["Alt+Enter"], group: "Preview" },
  "close-preview": {
    words: "Close",
    keys: ["Escape", "Space"],
    group: "Preview",
  },

  play: { words: "Play or pause", keys: ["Space", "K"], group: "Player" },
  "skip-back": {
    words: "Back 5 seconds",
    keys: ["ArrowLeft"],
    group: "Player",
  },
  "skip-on": { words: "On 5 seconds", keys: ["ArrowRight"], group: "Player" },
  "leap-back": {
    words: "Back 30 seconds",
    keys: ["Shift+ArrowLeft"],
    group: "Player",
  },
  "leap-on": {
    words: "On 30 seconds",
    keys: ["Shift+ArrowRight"],
    group: "Player",
  },
  louder: { words: "Louder", keys: ["ArrowUp"], group: "Player" },
  quieter: { words: "Quieter", keys: ["ArrowDown"], group: "Player" },
  mute: { words: "Sound off or on", keys: ["M"], group: "Player" },
  "fill-screen": { words: "Full screen", keys: ["F"], group: "Player" },
  captions: { words: "Captions", keys: ["C"], group: "Player" },
  slower: { words: "Slower", keys: ["<"], group: "Player" },
  faster: { words: "Faster", keys: [">"], group: "Player" },

  "pause-transfer": {
    words: "Pause or resume",
    keys: ["Space"],
    group: "Transfers",
  },
  "cancel-transfer": { words: "Cancel", keys: ["Delete"], group: "Transfers" },
} as const satisfies Readonly<Record<string, CommandInfo>>;

export type CommandId = keyof typeof commandList;
