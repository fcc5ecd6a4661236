import { type CatalogueServiceLevel, ServiceLevelEngine } from '../../lib/objectives/catalogue';
import { AlertSeverity } from '../../lib/objectives/policy/operations';

/** An objective of the shop as the catalogue of a stack says it, whose fast window has the alarms `Long`, `Short` and `Both`. */
export const shopAvailability: CatalogueServiceLevel = {
  name: 'shop-availability',
  kind: 'availability',
  objective: '0.9995',
  windowSeconds: 2_592_000,
  good: 'requests without a 5xx',
  total: 'FILL(requests, 0)',
  bad: 'FILL(errors, 0)',
  minutes: false,
  leastBad: 10,
  engine: ServiceLevelEngine.METRIC_MATH,
  alarms: [
    {
      severity: AlertSeverity.PAGE,
      budgetShare: '0.02',
      longWindowSeconds: 3_600,
      shortWindowSeconds: 300,
      long: 'Long',
      short: 'Short',
      both: 'Both',
    },
  ],
  silence: 'Silence',
  signals: 'Signals',
};
