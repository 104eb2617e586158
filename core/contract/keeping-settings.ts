/** Bytes a second, null without a limit; with a schedule the limits hold between two times of the day only. */
export interface SpeedLimits {
  readonly down: number | null;
  readonly up: number | null;
  readonly schedule: DailyTimes | null;
}

/** Minutes after midnight, on this computer's clock; `to` before `from` goes over midnight. */
export interface DailyTimes {
  readonly from: number;
  readonly to: number;
}

/** How much of the disk the app may use on this computer. */
export interface RoomSettings {
  /** Null: the smaller of 20 GB and 10 % of the free disk. */
  readonly limit: number | null;
  /** Bytes of the disk that stay free whatever the limit says; 0 for as few as can be (`DISK_FLOOR_BYTES`). */
  readonly alwaysFree: number;
  /** Whether the app may free what is not kept, not opened for longest first, when a download needs the room. */
  readonly freeByItself: boolean;
}
