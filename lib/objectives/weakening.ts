import { type Mistake, missing, quoted, refuse } from './mistakes';

/** Why a value may be weaker than the tier asks for, and until when. Ends up in the template: name no person. */
export interface Weakening {
  /** Why, so that a stranger understands it in a year. */
  readonly reason: string;

  /** The last day on which it holds, `YYYY-MM-DD`. The command and the plug-in compare it with today, synthesis does not. */
  readonly expires: string;

  /** The role or team that agreed: `head of payments`. */
  readonly approver: string;
}

/** A weakening that is in use: what became weaker. */
export interface RecordedWeakening extends Weakening {
  /** What is weaker than the tier: `dnsTtl`. */
  readonly what: string;
}

/**
 * Checks the shape of a weakening, not its date against a clock.
 *
 * @throws ConfigurationError with all mistakes
 */
export function checkWeakening(weakening: Weakening, path: string): void {
  refuse(path, weakeningMistakes(weakening));
}

/**
 * What is wrong with the shape of a weakening.
 *
 * @internal
 */
export function weakeningMistakes(weakening: Weakening): Mistake[] {
  const absent = (['reason', 'expires', 'approver'] as const).filter((name) => weakening[name] === undefined);
  if (absent.length > 0) return missing(weakening, ...absent);
  const { reason, expires, approver } = weakening;
  // What is written without a compiler is caught here.
  const strange = (['reason', 'approver'] as const).filter((name) => typeof weakening[name] !== 'string');
  if (strange.length > 0)
    return strange.map((name) => ({
      problem: `the ${name} of a weakening is ${quoted(weakening[name])}, which is no text`,
      fix: `write ${name} as a text`,
    }));
  const mistakes: Mistake[] = [];
  if (reason.trim() === '') {
    mistakes.push({ problem: 'a weakening has no reason', fix: 'say why the weaker value is acceptable' });
  }
  if (!isDate(expires)) {
    mistakes.push({
      problem: `a weakening expires on ${quoted(expires)}, which is no date`,
      fix: 'write a day as YYYY-MM-DD',
    });
  }
  if (approver.trim() === '' || approver.includes('@')) {
    mistakes.push({
      problem: `a weakening is approved by ${quoted(approver)}, which names no role`,
      fix: 'name the role or team that agreed, not a person: it ends up in the template',
    });
  }
  return mistakes;
}

/**
 * Whether a text is a day of the calendar, `YYYY-MM-DD`.
 *
 * @internal
 */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
