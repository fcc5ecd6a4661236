import type { Mistake } from './mistakes';

/** What something that a service does not work without promises. */
export interface Promised {
  readonly name: string;

  /** The availability, as a fraction. */
  readonly availability: number;
}

/**
 * Promises that cannot carry an objective. What needs several things is up while all of them are: their promises are multiplied, as if
 * they failed independently of each other.
 *
 * @param fix what to do about one that promises too little by itself, beside owing less
 * @see https://docs.aws.amazon.com/whitepapers/latest/availability-and-beyond-improving-resilience/availability-with-dependencies.html
 * @internal
 */
export function promiseMistakes(
  slo: number,
  promises: readonly Promised[],
  fix: (promised: Promised) => string,
): Mistake[] {
  const low = promises.filter(({ availability }) => availability < slo);
  if (low.length > 0)
    return low.map((promised) => ({
      problem: `${percent(slo)} is more than ${promised.name} promises (${percent(promised.availability)}), without which the service does not work`,
      fix: `lower the objective to ${percent(promised.availability)} or less, or ${fix(promised)}`,
    }));
  const together = Number(promises.reduce((product, each) => product * each.availability, 1).toPrecision(12));
  if (together >= slo) return [];
  const factors = promises.map(({ name, availability }) => `${name} ${percent(availability)}`).join(' × ');
  return [
    {
      problem: `${percent(slo)} is more than is left of what it does not work without: ${factors} = ${percent(together)}`,
      // Rounded down, so that what is advised is kept.
      fix: `lower the objective to ${percent(Math.floor(together * 1e6) / 1e6)} or less, or do without one of them while it is down and declare it soft`,
    },
  ];
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
