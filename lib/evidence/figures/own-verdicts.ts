import { printable } from '../../assembly/source/printable';
import type { ServiceAssessment } from '../../assessment/assessment';
import type { Verdict } from '../../audit/verdict';
import type { Evidence } from '../evidence';

/** The verdicts on what belongs to a service. */
export function ownVerdicts({ service }: ServiceAssessment, { result }: Evidence): readonly Verdict[] {
  const { stage, resources } = service;
  const name = service.declared ? printable(service.name) : undefined;
  const stacks = new Set(resources.map(({ stack }) => printable(stack.id)));
  return result.verdicts.filter(
    (verdict) => verdict.service === name && (stage === undefined || stacks.has(verdict.stack)),
  );
}
