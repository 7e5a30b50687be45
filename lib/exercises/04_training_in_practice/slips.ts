/** Wrong answers by what to say to them, as `check` takes them. */
export const slips = (wrong: Record<string, unknown>): { says: string; value: unknown }[] =>
  Object.entries(wrong).map(([says, value]) => ({ says, value }));
