/** Ascending minors as ranges, to be read by src/model/minor-ranges.ts: `11-24,26`. */
export function minorRanges(minors: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < minors.length;) {
    let end = start;
    while (minors[end + 1] === (minors[end] ?? 0) + 1) end++;
    parts.push(start === end ? `${minors[start] ?? 0}` : `${minors[start] ?? 0}-${minors[end] ?? 0}`);
    start = end + 1;
  }
  return parts.join(',');
}
