/**
 * The fields that OpenSLO v1 has, by where they stand. Its SDK takes no others: one that is written wrong would be as if it were
 * not there. What it calls `spec` of a source is anybody's own.
 *
 * @see https://github.com/OpenSLO/go-sdk
 * @internal
 */
export const FIELDS = {
  slo: [
    'description',
    'service',
    'indicatorRef',
    'indicator',
    'timeWindow',
    'budgetingMethod',
    'objectives',
    'alertPolicies',
  ],
  window: ['duration', 'isRolling', 'calendar'],
  objective: [
    'displayName',
    'op',
    'value',
    'target',
    'targetPercent',
    'timeSliceTarget',
    'timeSliceWindow',
    'compositeWeight',
    'indicator',
    'indicatorRef',
  ],
  sli: ['description', 'ratioMetric', 'thresholdMetric'],
  ratio: ['counter', 'good', 'bad', 'total', 'rawType', 'raw'],
  source: ['type', 'metricSourceRef', 'spec'],
  policy: [
    'description',
    'alertWhenBreaching',
    'alertWhenResolved',
    'alertWhenNoData',
    'conditions',
    'notificationTargets',
  ],
  condition: ['description', 'severity', 'condition'],
  burnRate: ['kind', 'op', 'threshold', 'lookbackWindow', 'alertAfter'],
} as const;
