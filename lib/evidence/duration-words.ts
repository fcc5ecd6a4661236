import { durationWords } from '../calculus/duration-words';

/** What is lost of the data, as a span of time: `5 min of data`, `no data`, `ALL data`. */
export function dataWords(seconds: number): string {
  if (seconds === 0) return 'no data';
  return Number.isFinite(seconds) ? `${durationWords(seconds)} of data` : 'ALL data';
}
