import { type Mistake, quoted, repeated } from './mistakes';
import type { ServiceCredit, ThirdParty } from './third-party';
import { isDate } from './weakening';

/**
 * What cannot be in a contract with a third party.
 *
 * @internal
 */
export function contractTermMistakes({ name, sla, contract = {} }: ThirdParty): Mistake[] {
  const { credits = [], reviewBy, exitPlan } = contract;
  return [
    ...(reviewBy === undefined || isDate(reviewBy)
      ? []
      : [
          {
            problem: `the contract with ${name} is reviewed by ${quoted(reviewBy)}, which is no date`,
            fix: 'write a day as YYYY-MM-DD',
          },
        ]),
    ...(exitPlan?.trim() === ''
      ? [
          {
            problem: `the exit plan of ${name} is empty`,
            fix: 'give its path or address, or leave it out',
          },
        ]
      : []),
    ...credits.flatMap((credit) => creditMistakes(name, sla, credit)),
    ...orderMistakes(name, credits),
  ];
}

function creditMistakes(name: string, sla: number | undefined, { below, percent }: ServiceCredit): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!(below > 0 && below <= 1))
    mistakes.push({
      problem: `${name} gives credit below ${below}; it must be more than 0 and at most 1`,
      fix: 'write a fraction: 0.999 for 99.9 %',
    });
  else if (sla !== undefined && below > sla)
    mistakes.push({
      problem: `${name} gives credit below ${below}, and promises ${sla} only`,
      fix: 'give the sla of the contract, or the availability below which it pays',
    });
  if (!(percent > 0 && percent <= 100))
    mistakes.push({
      problem: `${name} gives ${percent} per cent back`,
      fix: 'write how many per cent of the fee: more than 0, 100 at most',
    });
  return mistakes;
}

/** The less is kept, the more is given back. */
function orderMistakes(name: string, credits: readonly ServiceCredit[]): Mistake[] {
  const twice = repeated(credits.map(({ below }) => String(below))).map((below) => ({
    problem: `${name} gives credit below ${below} twice`,
    fix: 'write it once',
  }));
  const falling = [...credits].sort((one, other) => other.below - one.below);
  const turned = falling.find(
    ({ percent }, index) => index > 0 && percent < (falling[index - 1]?.percent ?? 0),
  );
  if (twice.length > 0 || !turned) return twice;
  return [
    {
      problem: `${name} gives ${turned.percent} per cent back below ${turned.below}, and more where it keeps more`,
      fix: 'see which of the rows is wrong',
    },
  ];
}
