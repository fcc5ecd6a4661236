/** What a stack declares of the service `shop`. */
export interface Declared {
  readonly role?: string;

  /** Peaks by construct path below the stack. */
  readonly peaks?: Readonly<Record<string, number>>;
}

/** The metadata of that stack. */
export function declaring({ role, peaks = {} }: Declared): object {
  const owed = { rtoSeconds: 3600, rpoSeconds: 300 };
  const decisions = Object.entries(peaks).map(([scope, value]) => ({
    what: `${scope}.peakTasks`,
    value,
    because: 'declared',
    source: 'the caller',
  }));
  const service = {
    name: 'shop',
    tier: 1,
    owner: 'team',
    ...(role !== undefined && { role }),
    objectives: {
      slo: '0.9995',
      sloWindowSeconds: 2_592_000,
      recovery: {
        rollback: { rtoSeconds: 3600 },
        dataRepair: owed,
        instance: owed,
        availabilityZone: owed,
        region: owed,
      },
    },
    dependsOn: [],
    dataClasses: [],
    decisions,
    weakenings: [],
  };
  return { 'cdk-nines': { schema: 'cdk-nines.catalogue/1', services: [service] } };
}
