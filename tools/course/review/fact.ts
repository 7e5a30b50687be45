/** What a change is about, the most important first. */
export const KINDS = ["numbers", "texts", "looks"] as const;
export type Kind = typeof KINDS[number];

/** Something that changed in a picture. */
export interface Fact {
  kind: Kind;
  /** A phrase for people, which begins with the name of the mark. */
  says: string;
  /** What must be the same for two facts to have one cause: `colour #4269D0 → #D55E00`, whichever mark had it. */
  cause: string;
}
