const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(.*)$/s;
const TIME =
  /^(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?)$/;

/** Whether a scalar is a timestamp to go-yaml, which tries four layouts of Go's time.Parse (resolve.go, `parseTimestamp`). */
export function isTimestamp(text: string): boolean {
  const date = DATE.exec(text);
  if (date === null) return false;
  const [year = 0, month = 0, day = 0] = date.slice(1, 4).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  const rest = date[4] ?? '';
  if (rest === '') return true;
  const time = TIME.exec(rest);
  if (time === null) return false;
  const [hour = 0, minute = 0, second = 0] = [time[1] ?? time[6], time[2] ?? time[7], time[3] ?? time[8]].map(Number);
  if (hour > 23 || minute > 59 || second > 59) return false;
  const zone = time[5];
  return zone === undefined || zone === 'Z' || (Number(zone.slice(1, 3)) <= 24 && Number(zone.slice(4)) <= 60);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
