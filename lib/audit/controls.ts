/** A requirement of a published framework that a rule supports. Supporting a control is not complying with it. */
export interface Control {
  readonly framework: string;
  readonly id: string;

  /** Whether no published pack maps it, so that it is our reading of the framework. @default false */
  readonly ourReading?: boolean;
}

const control =
  (framework: string) =>
  (id: string): Control => ({ framework, id });

/** ISO/IEC 27001:2022, Annex A. */
export const iso27001 = control('ISO/IEC 27001:2022');

/** NIST SP 800-53, revision 5. */
export const nist80053 = control('NIST SP 800-53 r5');

/** HIPAA Security Rule, 45 CFR 164. */
export const hipaa = control('HIPAA');

/** AICPA Trust Services Criteria. */
export const soc2 = control('SOC 2');

/** PCI DSS 4.0. */
export const pciDss = control('PCI DSS 4.0');

/** Regulation (EU) 2016/679. */
export const gdpr = control('GDPR');

/** Regulation (EU) 2022/2554. */
export const dora = control('DORA');

/** AWS Well-Architected Framework, reliability pillar. */
export const wellArchitected = control('AWS Well-Architected');

/** Regulation (EU) 2024/2690, the requirements under the NIS2 directive. */
export const nis2 = control('NIS2');

/** Marks requirements that no published pack maps: we read the framework so. */
export function ourReading(...controls: readonly Control[]): readonly Control[] {
  return controls.map((each) => ({ ...each, ourReading: true }));
}
