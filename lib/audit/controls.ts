import { FRAMEWORKS, type FrameworkName } from './frameworks';

/** A requirement of a published framework that a rule supports. Supporting a control is not complying with it. */
export interface Control {
  readonly framework: string;
  readonly id: string;

  /** Whether no published pack maps it, so that it is our reading of the framework. @default false */
  readonly ourReading?: boolean;
}

const control =
  (name: FrameworkName) =>
  (id: string): Control => ({ framework: FRAMEWORKS[name].title, id });

/** ISO/IEC 27001:2022, Annex A. */
export const iso27001 = control('iso27001');

/** NIST SP 800-53, revision 5. */
export const nist80053 = control('nist80053');

/** HIPAA Security Rule, 45 CFR 164. */
export const hipaa = control('hipaa');

/** AICPA Trust Services Criteria. */
export const soc2 = control('soc2');

/** PCI DSS 4.0. */
export const pciDss = control('pcidss');

/** Regulation (EU) 2016/679. */
export const gdpr = control('gdpr');

/** Regulation (EU) 2022/2554. */
export const dora = control('dora');

/** AWS Well-Architected Framework, reliability pillar. */
export const wellArchitected = control('well-architected');

/** Regulation (EU) 2024/2690, the requirements under the NIS2 directive. */
export const nis2 = control('nis2');

/** Marks requirements that no published pack maps: we read the framework so. */
export function ourReading(...controls: readonly Control[]): readonly Control[] {
  return controls.map((each) => ({ ...each, ourReading: true }));
}
