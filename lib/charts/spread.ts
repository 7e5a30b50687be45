/**
 * Moves labels of these heights, centred at `positions`, off each other and into `low`…`high`, as little as possible.
 *
 * Neighbours that overlap are joined into a block around the mean of where they wanted to be, until no blocks overlap.
 */
export function spreadApart(positions: number[], heights: number[], low: number, high: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b] || a - b);
  let blocks: { members: number[]; top: number; height: number }[] = [];
  const settle = (members: number[]) => {
    const height = members.reduce((sum, i) => sum + heights[i], 0);
    let before = 0, wanted = 0;
    for (const i of members) {
      wanted += positions[i] - before - heights[i] / 2;
      before += heights[i];
    }
    return { members, height, top: Math.max(low, Math.min(high - height, wanted / members.length)) };
  };
  for (const i of order) {
    blocks.push(settle([i]));
    while (blocks.length > 1 && blocks.at(-2)!.top + blocks.at(-2)!.height > blocks.at(-1)!.top + 1e-9) {
      const [upper, lower] = blocks.slice(-2);
      blocks = [...blocks.slice(0, -2), settle([...upper.members, ...lower.members])];
    }
  }
  const placed = new Array<number>(positions.length);
  for (const { members, top } of blocks) {
    let y = top;
    for (const i of members) {
      placed[i] = y + heights[i] / 2;
      y += heights[i];
    }
  }
  return placed;
}
