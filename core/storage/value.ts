/** What SQLite takes in and gives out in one field. */
export type Value = string | number | Buffer | null;
