/** Captions that came beside a film: an address of WebVTT, and their language as their name tells it. */
export interface CaptionTrack {
  readonly address: string;
  readonly label: string;
}
