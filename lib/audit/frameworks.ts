/** A published framework that rules support controls of. */
export interface Framework {
  /** How it is named in controls and reports. */
  readonly title: string;

  /** What one of its requirements is called. */
  readonly unit: string;

  /** Where it is published. */
  readonly source: string;
}

/** Every framework, by its name on the command line. */
export const FRAMEWORKS = {
  iso27001: {
    title: 'ISO/IEC 27001:2022',
    unit: 'control of Annex A',
    source: 'https://www.iso.org/standard/27001',
  },
  nist80053: {
    title: 'NIST SP 800-53 r5',
    unit: 'control',
    source: 'https://doi.org/10.6028/NIST.SP.800-53r5',
  },
  hipaa: {
    title: 'HIPAA',
    unit: 'standard of the Security Rule, 45 CFR 164',
    source: 'https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164',
  },
  gdpr: {
    title: 'GDPR',
    unit: 'article of Regulation (EU) 2016/679',
    source: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  },
  soc2: {
    title: 'SOC 2',
    unit: 'AICPA Trust Services Criterion',
    source:
      'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
  },
  pcidss: {
    title: 'PCI DSS 4.0',
    unit: 'requirement',
    source: 'https://www.pcisecuritystandards.org/document_library/',
  },
  dora: {
    title: 'DORA',
    unit: 'article of Regulation (EU) 2022/2554',
    source: 'https://eur-lex.europa.eu/eli/reg/2022/2554/oj',
  },
  nis2: {
    title: 'NIS2',
    unit: 'point of the annex to Implementing Regulation (EU) 2024/2690',
    source: 'https://eur-lex.europa.eu/eli/reg_impl/2024/2690/oj',
  },
  'well-architected': {
    title: 'AWS Well-Architected',
    unit: 'best practice of the reliability pillar',
    source: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/welcome.html',
  },
} as const satisfies Readonly<Record<string, Framework>>;

export type FrameworkName = keyof typeof FRAMEWORKS;

export const FRAMEWORK_NAMES = Object.keys(FRAMEWORKS) as readonly FrameworkName[];
