/** Below this, seconds are said as they are: terms must add up to the sum above them. */
const SHORT_SECONDS = 600;

/** A span of time for people, in its largest whole units: `150 s`, `5 min`, `82.5 min`, `4 h 30 min`, `35 d`; without end, `never`. */
export function durationWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'never';
  const short = seconds < SHORT_SECONDS && Number.isInteger(seconds) && seconds % 60 !== 0;
  if (seconds < 120 || short) return `${Number(seconds.toPrecision(3))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${Number((seconds / 60).toFixed(1))} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours >= 72)
    return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** What is lost of the data, as a span of time: `5 min of data`, `no data`, `ALL data`. */
export function dataWords(seconds: number): string {
  if (seconds === 0) return 'no data';
  return Number.isFinite(seconds) ? `${durationWords(seconds)} of data` : 'ALL data';
}
