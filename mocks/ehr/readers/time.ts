/** How far the sandbox's clock is from this computer's: a scenario may play on a fixed day. */
export type Clock = () => number;

export function sandboxClock(serverNow: string | undefined, wall: Clock = Date.now): Clock {
  const parsed = Date.parse(serverNow ?? '');
  const offset = Number.isNaN(parsed) ? 0 : parsed - wall();
  return () => wall() + offset;
}

const pad = (value: number) => String(value).padStart(2, '0');

export const isToday = (iso: string, now: number): boolean =>
  new Date(iso).toDateString() === new Date(now).toDateString();

/** `14:05` today, `21 Nov 14:05` on another day. */
export function clockTime(iso: string | undefined, now: number): string {
  const date = new Date(iso ?? '');
  if (Number.isNaN(date.getTime())) return '–';
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  return date.toDateString() === new Date(now).toDateString() ? time : `${dayMonth(date)} ${time}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

export const dayMonth = (date: Date): string => `${date.getDate()} ${MONTHS[date.getMonth()]}`;

export const shortDay = (iso: string): string => dayMonth(new Date(iso));

/** `12 Mar 1958`. A date without time has no zone: it is read as it stands. */
export function calendarDate(iso: string | undefined): string {
  const [year, month, day] = (iso ?? '').slice(0, 10).split('-');
  const name = MONTHS[Number(month) - 1];
  if (!year) return '–';
  if (name === undefined) return year;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

/** `18 min`, `5 h`, `3 d`: how long ago; undefined where there is no date. */
export function ago(iso: string | undefined, now: number): string | undefined {
  const then = Date.parse(iso ?? '');
  if (Number.isNaN(then)) return undefined;
  const minutes = Math.round((now - then) / 60_000);
  if (minutes < 0)
    return `in ${-minutes < 60 ? `${-minutes} min` : `${Math.round(-minutes / 60)} h`}`;
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} d`;
}

/** Age in the way wards write it: years, months below two years, days below two months. */
export function ageOf(birthDate: string | undefined, now: number): string | undefined {
  const [y, m, d] = (birthDate ?? '').split('-').map(Number);
  if (y === undefined || Number.isNaN(y) || y === 0) return undefined;
  const today = new Date(now);
  const months =
    (today.getFullYear() - y) * 12 +
    (today.getMonth() - ((m ?? 1) - 1)) -
    (today.getDate() < (d ?? 1) ? 1 : 0);
  if (months >= 24) return `${Math.floor(months / 12)} y`;
  if (months >= 2) return `${months} mo`;
  const days = Math.floor((now - new Date(y, (m ?? 1) - 1, d ?? 1).getTime()) / 86_400_000);
  return days < 0 ? undefined : `${days} d`;
}
