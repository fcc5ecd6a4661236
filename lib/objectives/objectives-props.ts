import { formatSeconds, type TimeSpan } from '../calculus/time-span';
import { DISRUPTIONS, type Disruption, disruptionName } from './disruption';
import { type Mistake, quoted } from './mistakes';

/** What is owed after one kind of disruption. */
export interface RecoveryObjective {
  /** Recovery time objective: from the start of the disruption until users are served again. */
  readonly rto: TimeSpan;

  /** Recovery point objective: the most data, in time, that may be lost. */
  readonly rpo: TimeSpan;
}

/** Properties of objectives that follow no tier. */
export interface ObjectivesProps {
  /** The availability owed, as a fraction: 0.9999. */
  readonly slo: number;

  /** The rolling window over which it is measured. */
  readonly sloWindow: TimeSpan;

  /** A bad deploy, rolled back: code moves, data does not, so no recovery point. */
  readonly rollback: Pick<RecoveryObjective, 'rto'>;

  /** Data deleted or corrupted, repaired from a backup. */
  readonly dataRepair: RecoveryObjective;

  /** One instance, task or node is lost. */
  readonly instance: RecoveryObjective;

  /** One zone is lost. */
  readonly availabilityZone: RecoveryObjective;

  /** A whole region is lost. */
  readonly region: RecoveryObjective;
}

/**
 * Whether one time is longer than another.
 *
 * @internal
 */
export function isLonger(one: TimeSpan, other: TimeSpan): boolean {
  return one.toSeconds() > other.toSeconds();
}

/**
 * A time in words.
 *
 * @internal
 */
export function inWords(span: TimeSpan): string {
  return formatSeconds(span.toSeconds());
}

/**
 * Everything in which objectives contradict themselves.
 *
 * @internal
 */
export function objectivesMistakes(props: ObjectivesProps): Mistake[] {
  const form = formMistakes(props);
  if (form.length > 0) return [...form, ...fractionMistakes(props.slo)];
  return [...sloMistakes(props), ...timeMistakes(props), ...orderMistakes(props)];
}

/** What is written without a compiler is caught here: what is left out, and what is no time. */
function formMistakes(props: ObjectivesProps): Mistake[] {
  const written = DISRUPTIONS.flatMap((disruption) => {
    const kinds = disruption === 'rollback' ? (['rto'] as const) : (['rto', 'rpo'] as const);
    const objective: Partial<RecoveryObjective> | undefined = props[disruption];
    return kinds.map((kind) => ({ what: `${disruption}.${kind}`, time: objective?.[kind] }));
  });
  return [{ what: 'sloWindow', time: props.sloWindow }, ...written].flatMap(({ what, time }) =>
    time === undefined ? [{ problem: `${what} is missing`, fix: `set ${what}` }] : noTimeMistakes(what, time),
  );
}

/**
 * What keeps a value from being a time: a bare number has no unit.
 *
 * @internal
 */
export function noTimeMistakes(what: string, time: unknown): Mistake[] {
  if (typeof (time as Partial<TimeSpan> | null | undefined)?.toSeconds === 'function') return [];
  return [
    {
      problem: `${what} is ${quoted(time)}, which is no time`,
      fix: 'write it with its unit, such as Span.minutes(5)',
    },
  ];
}

function sloMistakes({ slo, sloWindow }: ObjectivesProps): Mistake[] {
  const mistakes = fractionMistakes(slo);
  if (!(sloWindow.toSeconds() > 0)) {
    mistakes.push({ problem: `the SLO window is ${inWords(sloWindow)}`, fix: 'use 28 or 30 days' });
  }
  return mistakes;
}

/**
 * Whether an SLO is a fraction that leaves an error budget.
 *
 * @internal
 */
export function fractionMistakes(slo: number): Mistake[] {
  return typeof slo === 'number' && slo > 0 && slo < 1
    ? []
    : [{ problem: sloProblem(slo), fix: sloFix(slo) }];
}

function sloProblem(slo: number): string {
  return slo === 1
    ? 'an SLO of 1 leaves no error budget: nothing could ever be changed'
    : `an SLO of ${typeof slo === 'number' ? slo : quoted(slo)} is no fraction between 0 and 1`;
}

function sloFix(slo: number): string {
  return slo > 1 && slo < 100
    ? `write ${Number((slo / 100).toPrecision(12))} for ${slo} %`
    : 'write a fraction, such as 0.9999 for 99.99 %';
}

function timeMistakes(objectives: ObjectivesProps): Mistake[] {
  return DISRUPTIONS.flatMap((disruption) => {
    const objective: Partial<RecoveryObjective> = objectives[disruption];
    const { rto, rpo } = objective;
    return [
      ...(rto && !(rto.toSeconds() > 0) ? [noTime('RTO', disruption, 'more than 0')] : []),
      ...(rpo && !(rpo.toSeconds() >= 0) ? [noTime('RPO', disruption, '0 or more')] : []),
    ];
  });
}

function noTime(what: string, disruption: Disruption, needed: string): Mistake {
  return {
    problem: `the ${what} for ${disruptionName(disruption)} must be ${needed}`,
    fix: `give ${disruption} an ${what} of ${needed}`,
  };
}

/** The larger the failure domain, the longer it takes: whoever loses the larger one has lost the smaller one too. */
const NESTED = [
  ['region', 'availabilityZone'],
  ['availabilityZone', 'instance'],
] as const;

function orderMistakes(objectives: ObjectivesProps): Mistake[] {
  return NESTED.flatMap(([larger, smaller]) =>
    (['rto', 'rpo'] as const).flatMap((kind): Mistake[] => {
      const [long, short] = [objectives[larger][kind], objectives[smaller][kind]];
      if (!isLonger(short, long)) return [];
      const name = kind.toUpperCase();
      return [
        {
          problem:
            `the ${name} for ${disruptionName(larger)} is ${inWords(long)}, ` +
            `shorter than the ${inWords(short)} for ${disruptionName(smaller)}, which it includes`,
          fix: `give ${larger} an ${name} of at least ${inWords(short)}, or ${smaller} one of at most ${inWords(long)}`,
        },
      ];
    }),
  );
}
