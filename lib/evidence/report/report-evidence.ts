import type { Assessment, ServiceAssessment } from '../../assessment/assessment';
import type { Topology } from '../../assessment/topology';
import type { AlarmReport } from '../../audit/alarm-report';
import type { IncidentRecord } from '../../objectives/incident';
import type { Evidence } from '../evidence';
import type { MeasuredValue } from '../figures/measured-values';

/** What the report is made of. It reads nothing else: no clock, no file, no environment. */
export interface ReportEvidence {
  /** The audit of the same apps. */
  readonly audit: Evidence;
  readonly assessment: Assessment;

  /** What is said of the alarms of each app. @default - nothing */
  readonly alarms?: readonly AlarmReport[];

  /** What went wrong, and who took it, as people wrote it down. @default - nobody did */
  readonly incidents?: IncidentRecord;

  /** What CloudWatch measured of the services. @default - nobody asked it */
  readonly measured?: readonly MeasuredValue[];
}

/** One service with what every part of its report needs. */
export interface ServicePart {
  readonly assessed: ServiceAssessment;
  readonly topology: Topology;

  /** What the ids of its elements begin with: `s1`. Names of services are of unknown origin, and no ids. */
  readonly id: string;

  /** The place of each event among those of the service, to link to. */
  readonly events: ReadonlyMap<string, number>;
}
