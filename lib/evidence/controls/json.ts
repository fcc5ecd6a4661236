import { controlReports, openRules, WHAT_IT_IS } from '../../audit/control-report';
import type { Evidence } from '../evidence';

/** The reports by framework as they stand in `--format json`: the places of a rule are told once, not by control. */
export function controlsJson({
  result,
  rules,
  frameworks = [],
}: Pick<Evidence, 'result' | 'rules' | 'frameworks'>): object | undefined {
  if (frameworks.length === 0) return undefined;
  const reports = controlReports({ ...result, rules }, frameworks);
  return {
    notes: WHAT_IT_IS,
    frameworks: reports.map(({ controls, ...report }) => ({
      ...report,
      controls: controls.map(({ rules: own, ...control }) => ({
        ...control,
        rules: own.map(({ rule, outcome }) => ({ rule, outcome })),
      })),
    })),
    rules: openRules(reports),
  };
}
