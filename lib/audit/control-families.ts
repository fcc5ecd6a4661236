import {
  type Control,
  dora,
  gdpr,
  hipaa,
  iso27001,
  nis2,
  nist80053,
  ourReading,
  pciDss,
  soc2,
  wellArchitected,
} from './controls';

/*
 * Which requirements a family of rules supports. The mapping follows the packs of AWS Config, Security Hub and
 * Prowler where they have one, and is our own reading of the framework where they have none. It says which control
 * a rule gives evidence for, never that the control is met.
 */

const CONTINGENCY = [hipaa('164.308(a)(7)(i)'), hipaa('164.308(a)(7)(ii)(C)')];
const BACKUP_DUTIES = [
  hipaa('164.308(a)(7)(i)'),
  hipaa('164.308(a)(7)(ii)(A)'),
  hipaa('164.308(a)(7)(ii)(B)'),
];

/** Nothing that serves stands in one place only. */
export const REDUNDANCY: readonly Control[] = [
  iso27001('A.8.14'),
  nist80053('CP-10'),
  nist80053('CP-6(2)'),
  nist80053('SC-36'),
  nist80053('SC-5(2)'),
  nist80053('SI-13(5)'),
  ...CONTINGENCY,
  soc2('A1.2'),
  gdpr('Art. 32(1)(b)'),
  dora('Art. 12'),
  wellArchitected('REL10-BP01'),
];

/** Data can be restored: backups are made, kept, and reach back in time. */
export const BACKUP: readonly Control[] = [
  iso27001('A.8.13'),
  nist80053('CP-9'),
  nist80053('CP-10'),
  nist80053('CP-6'),
  nist80053('SI-12'),
  nist80053('SI-13(5)'),
  ...BACKUP_DUTIES,
  soc2('A1.2'),
  gdpr('Art. 32(1)(c)'),
  dora('Art. 12'),
  wellArchitected('REL09-BP03'),
];

/** All data is in a backup plan, and the plan runs often enough. */
export const BACKUP_COVERAGE: readonly Control[] = [
  iso27001('A.8.13'),
  nist80053('CP-9'),
  nist80053('CP-10'),
  nist80053('CP-6'),
  nist80053('SI-12'),
  nist80053('SI-13(5)'),
  ...BACKUP_DUTIES,
  soc2('A1.2'),
  pciDss('10.3.3'),
  gdpr('Art. 32(1)(c)'),
  dora('Art. 11'),
  dora('Art. 12'),
  wellArchitected('REL09-BP01'),
  wellArchitected('REL09-BP03'),
];

/** There is a second place when a region is lost. */
export const SECOND_REGION: readonly Control[] = [
  iso27001('A.5.29'),
  iso27001('A.5.30'),
  iso27001('A.8.14'),
  nist80053('CP-6'),
  nist80053('CP-7'),
  nist80053('CP-10'),
  nist80053('SC-36(2)'),
  ...BACKUP_DUTIES,
  soc2('A1.2'),
  gdpr('Art. 32(1)(c)'),
  dora('Art. 11'),
  dora('Art. 12'),
  wellArchitected('REL13-BP02'),
];

/** Backups are encrypted, and nobody deletes them early. */
export const IMMUTABILITY: readonly Control[] = [
  iso27001('A.8.13'),
  iso27001('A.8.24'),
  iso27001('A.5.33'),
  nist80053('CP-9(8)'),
  nist80053('SC-28'),
  nist80053('SC-28(1)'),
  nist80053('SI-7(6)'),
  hipaa('164.312(a)(2)(iv)'),
  hipaa('164.312(c)(1)'),
  soc2('C1.1'),
  pciDss('10.3.2'),
  gdpr('Art. 32(1)(a)'),
  dora('Art. 9'),
  dora('Art. 12'),
  wellArchitected('REL09-BP02'),
];

/** Nothing that holds data or serves is deleted by mistake. */
export const DELETION_PROTECTION: readonly Control[] = [
  iso27001('A.8.13'),
  iso27001('A.8.32'),
  nist80053('CM-2'),
  nist80053('CM-3'),
  nist80053('SC-5(2)'),
  nist80053('SI-13(5)'),
  ...CONTINGENCY,
  soc2('A1.2'),
  soc2('CC8.1'),
  gdpr('Art. 32(1)(b)'),
  dora('Art. 12'),
  wellArchitected('REL09-BP03'),
];

/** What runs suffices for the load, or grows with it. */
export const CAPACITY: readonly Control[] = [
  iso27001('A.8.6'),
  iso27001('A.8.14'),
  nist80053('CP-2(2)'),
  nist80053('CP-10'),
  nist80053('SC-5(2)'),
  nist80053('SC-6'),
  ...CONTINGENCY,
  soc2('A1.1'),
  gdpr('Art. 32(1)(b)'),
  dora('Art. 7'),
  wellArchitected('REL07-BP01'),
];

/** What is broken is noticed and taken out of service by itself. */
export const HEALTH_CHECKS: readonly Control[] = [
  iso27001('A.8.14'),
  iso27001('A.5.30'),
  nist80053('CA-7'),
  nist80053('CP-2(2)'),
  nist80053('CP-10'),
  nist80053('SC-36'),
  nist80053('SI-2'),
  ...CONTINGENCY,
  soc2('A1.2'),
  gdpr('Art. 32(1)(b)'),
  dora('Art. 11'),
  dora('Art. 12'),
  wellArchitected('REL11-BP01'),
  wellArchitected('REL11-BP02'),
];

/** People learn of trouble while it can still be dealt with. */
export const MONITORING: readonly Control[] = [
  iso27001('A.8.16'),
  nist80053('CA-7'),
  nist80053('SI-2'),
  nist80053('SI-4(12)'),
  nist80053('AU-6(1)'),
  nist80053('IR-4(1)'),
  hipaa('164.312(b)'),
  soc2('CC7.2'),
  soc2('CC7.3'),
  pciDss('10.7.2'),
  dora('Art. 10'),
  dora('Art. 11'),
  wellArchitected('REL06-BP01'),
  wellArchitected('REL06-BP02'),
];

/** Logs are written and kept. */
export const LOG_RETENTION: readonly Control[] = [
  iso27001('A.8.15'),
  nist80053('AU-10'),
  nist80053('AU-11'),
  nist80053('AU-6(3)'),
  nist80053('SI-12'),
  nist80053('CA-7'),
  hipaa('164.312(b)'),
  soc2('CC7.2'),
  pciDss('10.5.1'),
  gdpr('Art. 32'),
  dora('Art. 17'),
  wellArchitected('REL06-BP05'),
];

/** Data is encrypted with keys that the owner of the data controls. */
export const ENCRYPTION_KEYS: readonly Control[] = [
  iso27001('A.8.24'),
  nist80053('SC-12'),
  nist80053('SC-13'),
  nist80053('SC-28'),
  nist80053('SC-28(1)'),
  hipaa('164.312(a)(2)(iv)'),
  soc2('CC6.7'),
  pciDss('3.6.1'),
  gdpr('Art. 32(1)(a)'),
  dora('Art. 9'),
  wellArchitected('REL09-BP02'),
];

/** What runs is supported and patched. */
export const PATCHING: readonly Control[] = [
  iso27001('A.8.8'),
  nist80053('SI-2'),
  nist80053('SI-2(2)'),
  nist80053('CM-3(3)'),
  hipaa('164.308(a)(5)(ii)(A)'),
  soc2('CC7.1'),
  pciDss('6.3.3'),
  gdpr('Art. 32'),
  dora('Art. 25'),
  wellArchitected('REL08-BP05'),
];

/** Messages and events that fail are kept. */
export const MESSAGING: readonly Control[] = [
  iso27001('A.8.14'),
  iso27001('A.8.16'),
  nist80053('CA-7'),
  nist80053('SI-13'),
  hipaa('164.312(b)'),
  soc2('A1.2'),
  soc2('PI1.3'),
  gdpr('Art. 32(1)(b)'),
  dora('Art. 9'),
  wellArchitected('REL05-BP03'),
];

/** Recovery is tried before it is needed. */
export const RECOVERY_TESTING: readonly Control[] = [
  iso27001('A.5.30'),
  iso27001('A.8.13'),
  nist80053('CP-4'),
  nist80053('CP-9(1)'),
  hipaa('164.308(a)(7)(ii)(D)'),
  soc2('A1.3'),
  gdpr('Art. 32(1)(d)'),
  dora('Art. 11'),
  dora('Art. 12'),
  wellArchitected('REL09-BP04'),
  wellArchitected('REL12-BP04'),
  wellArchitected('REL13-BP03'),
];

/** Exceptions have a reason, an approver and an end. */
export const EXCEPTIONS: readonly Control[] = [
  iso27001('A.5.36'),
  nist80053('CA-5'),
  nist80053('PM-4'),
  hipaa('164.308(a)(1)(ii)(B)'),
  soc2('CC4.2'),
  pciDss('12.3.1'),
  gdpr('Art. 5(2)'),
  dora('Art. 6(5)'),
];

/** What was done is written down, and nobody can rewrite it. */
export const AUDIT_TRAIL: readonly Control[] = [
  iso27001('A.8.15'),
  iso27001('A.8.16'),
  ...['AU-2', 'AU-3', 'AU-6', 'AU-9', 'AU-10', 'AU-12', 'SI-7(1)', 'CA-7'].map(nist80053),
  hipaa('164.312(b)'),
  hipaa('164.312(c)(1)'),
  hipaa('164.308(a)(1)(ii)(D)'),
  soc2('CC7.2'),
  soc2('CC7.3'),
  pciDss('10.3.2'),
  pciDss('10.5.1'),
  gdpr('Art. 30'),
  gdpr('Art. 32'),
  dora('Art. 17'),
  nis2('3.2.3.c'),
  wellArchitected('REL06-BP01'),
  ...ourReading(dora('Art. 12'), wellArchitected('REL06-BP05')),
];

/** Changes are made so that they can be taken back. */
export const CHANGE_SAFETY: readonly Control[] = [
  iso27001('A.8.9'),
  nist80053('CM-3'),
  nist80053('CM-2'),
  ...ourReading(
    iso27001('A.8.32'),
    nist80053('CM-3(2)'),
    soc2('CC8.1'),
    pciDss('6.5.1'),
    dora('Art. 9(4)(e)'),
    nis2('6.4'),
    wellArchitected('REL08-BP02'),
    wellArchitected('REL08-BP03'),
    wellArchitected('REL08-BP05'),
  ),
];

/** Data stays where it may be. */
export const RESIDENCY: readonly Control[] = [
  nist80053('AC-4'),
  nist80053('CP-6(3)'),
  ...ourReading(
    nist80053('SA-9(5)'),
    iso27001('A.5.34'),
    iso27001('A.5.23'),
    soc2('C1.1'),
    gdpr('Art. 28'),
    gdpr('Art. 44-49'),
    dora('Art. 28(7)'),
    dora('Art. 30(2)(b)'),
    nis2('5.1'),
    wellArchitected('REL13-BP02'),
  ),
];

/** What a service is owed is said, and what it hangs on is owed as much. */
export const OBJECTIVES: readonly Control[] = ourReading(
  nist80053('CP-2(8)'),
  nist80053('RA-9'),
  iso27001('A.5.29'),
  iso27001('A.5.30'),
  hipaa('164.308(a)(7)(ii)(E)'),
  soc2('A1.1'),
  soc2('CC3.2'),
  gdpr('Art. 32(2)'),
  dora('Art. 8'),
  dora('Art. 11(5)'),
  nis2('4.1.3'),
  wellArchitected('REL13-BP01'),
  wellArchitected('REL04-BP02'),
  wellArchitected('REL11-BP07'),
);
