/** Whether a minor is in one of the ranges of a packed table: `11-24,26`. */
export function inMinorRanges(ranges: string, minor: number): boolean {
  return ranges.split(',').some((range) => {
    const [first = '', last = first] = range.split('-');
    return Number(first) <= minor && minor <= Number(last);
  });
}

/** The columns of a packed table's rows (`ranges|column|...`) that hold for a minor, without the first. */
export function rowsForMinor(table: string, minor: number): string[][] {
  const rows: string[][] = [];
  for (const line of table.split('\n')) {
    const [ranges = '', ...columns] = line.split('|');
    if (inMinorRanges(ranges, minor)) rows.push(columns);
  }
  return rows;
}
