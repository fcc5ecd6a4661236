import { family } from './control-family';

/*
 * Which requirements a family of rules supports. The mapping follows the packs of AWS Config, Security Hub, cdk-nag,
 * Prowler and the cfn-guard registry where they have one; a dagger marks what none of them maps, so that it is our
 * reading of the framework. It says which control a rule gives evidence for, never that the control is met.
 */

/** Nothing that serves stands in one place only. */
export const REDUNDANCY = family({
  iso27001: 'A.8.14, A.5.30†',
  nist80053: 'CP-10, CP-6(2), SC-36, SC-5(2), SI-13(5), CP-2(5), CP-2(6), CP-2a, CP-2d, CP-2e, SC-6, SC-22',
  hipaa: '164.308(a)(7)(i), 164.308(a)(7)(ii)(C)',
  gdpr: 'Art. 32(1)(b)†',
  soc2: 'A1.1†, A1.2†',
  dora: 'Art. 12, Art. 9(2)†, Art. 12(4)†',
  nis2: '4.1.2.g†, 13.1†',
  'well-architected': 'REL10-BP01, REL-10, REL02-BP01, REL02-BP02, REL11-BP02†, REL11-BP05†',
});

/** Data can be restored: backups are made, kept, and reach back in time. Packs map PCI DSS to backups of logs only. */
export const BACKUP = family({
  iso27001: 'A.8.13†',
  nist80053: 'CP-9, CP-10, CP-6, CP-6(1), CP-6(2), SC-5(2), SI-12, SI-13(5)',
  hipaa: '164.308(a)(7)(i), 164.308(a)(7)(ii)(A), 164.308(a)(7)(ii)(B), 164.312(c)(1), 164.312(c)(2)',
  gdpr: 'Art. 32, Art. 32(1)(b)†, Art. 32(1)(c)†',
  soc2: 'A1.2, CC7.4, CC7.5, PI1.5, C1.2',
  pcidss: '10.3.3†, 10.5.1†',
  dora: 'Art. 12',
  nis2: '4.1.1, 4.1.2.g, 4.2.2.e',
  'well-architected': 'REL09-BP03, REL-9',
});

/** All data is in a backup plan, and the plan runs often enough. */
export const BACKUP_COVERAGE = family({
  iso27001: 'A.8.13, A.8.14',
  nist80053: 'CP-9, CP-6, CP-6(1), CP-6(2), CP-10, SI-12, SI-13(5)',
  hipaa: '164.308(a)(7)(i), 164.308(a)(7)(ii)(A), 164.308(a)(7)(ii)(B), 164.312(a)(2)(ii)',
  gdpr: 'Art. 32(1)(c)†',
  soc2: 'A1.2, CC7.4, PI1.5',
  pcidss: '10.3.3',
  dora: 'Art. 11, Art. 12',
  nis2: '4.1.1, 4.1.2.f, 4.1.2.g, 4.2.2.b, 12.1.2.c',
  'well-architected': 'REL09-BP01†, REL09-BP03',
});

/** There is a second place when a region is lost. Packs map PCI DSS 3.2.1 only, whose requirement moved. */
export const SECOND_REGION = family({
  iso27001: 'A.8.14, A.5.29†, A.5.30†',
  nist80053: 'CP-6, CP-6(1), CP-6(2), CP-7†, CP-9, CP-10, SC-36(2), AU-9(2)',
  hipaa: '164.308(a)(7)(i), 164.308(a)(7)(ii)(A), 164.308(a)(7)(ii)(B)',
  gdpr: 'Art. 32(1)(c)†, Art. 44-49†',
  soc2: 'A1.2†',
  pcidss: '10.3.3†',
  dora: 'Art. 11, Art. 12, Art. 12(5)†',
  nis2: '4.1.2.g†',
  'well-architected': 'REL10-BP01, REL13-BP02†',
});

/** Backups are encrypted, and nobody deletes them early. */
export const IMMUTABILITY = family({
  iso27001: 'A.8.13, A.8.24, A.5.33†',
  nist80053: 'CP-9(8)†, CP-9d, SC-28, SC-28(1), SC-13, AU-9(3), CM-6a, CA-9(1), SC-7(10), SI-7(6)',
  hipaa: '164.312(a)(2)(iv), 164.312(c)(1), 164.312(c)(2), 164.312(e)(2)(ii)',
  gdpr: 'Art. 32, Art. 32(1)(a)†',
  soc2: 'PI1.5, C1.1†',
  pcidss: '3.5.1, 10.3.2, 10.3.4',
  dora: 'Art. 9, Art. 12',
  nis2: '4.2.2.b, 9.2.a',
  'well-architected': 'REL09-BP02',
});

/** Nothing that holds data or serves is deleted by mistake. */
export const DELETION_PROTECTION = family({
  iso27001: 'A.8.13†, A.8.32†',
  nist80053: 'CM-3, SC-5(2), CA-9(1), CM-2, CM-2(2), CP-2(5), SA-9(6), SI-13(5)',
  hipaa: '164.308(a)(7)(i), 164.308(a)(7)(ii)(C)',
  gdpr: 'Art. 32(1)(b)†',
  soc2: 'A1.2†, CC8.1†',
  pcidss: '10.3†',
  dora: 'Art. 12',
  nis2: '4.2.2†',
  'well-architected': 'REL09-BP03, REL-10',
});

/** What runs suffices for the load, or grows with it. */
export const CAPACITY = family({
  iso27001: 'A.8.14, A.8.6†',
  nist80053: 'CP-2(2), CP-10, CP-6(2), SC-36, SC-5(2), CP-2a, SC-6, AU-4(1)',
  hipaa: '164.308(a)(7)(i), 164.308(a)(7)(ii)(C)',
  gdpr: 'Art. 32(1)(b)†',
  soc2: 'A1.1†',
  dora: 'Art. 7(c)†, Art. 9†',
  nis2: '13†',
  'well-architected': 'REL-1, REL-7, REL01-BP03, REL07-BP01, REL01-BP06†',
});

/** What is broken is noticed and taken out of service by itself. */
export const HEALTH_CHECKS = family({
  iso27001: 'A.8.14†, A.5.30†',
  nist80053: 'CA-7, CP-2(2), SI-2, CP-10, SC-36',
  hipaa: '164.308(a)(7)(i), 164.308(a)(7)(ii)(C), 164.312(b)',
  gdpr: 'Art. 32(1)(b)†',
  soc2: 'A1.2†',
  dora: 'Art. 11†, Art. 12†',
  nis2: '4.1.2†',
  'well-architected': 'REL-6, REL-10, REL11-BP01†, REL11-BP02†, REL11-BP04†',
});

/** People learn of trouble while it can still be dealt with. */
export const MONITORING = family({
  iso27001: 'A.8.16',
  nist80053: 'CA-7, SI-2, SI-4(12), AU-6(1), AU-6(5), IR-4(1), IR-4(5)',
  hipaa: '164.312(b)',
  soc2: 'CC7.2, CC7.3, A1.1†',
  pcidss: '10.4.1.1, 10.7.1, 10.7.2',
  dora: 'Art. 11, Art. 14, Art. 10†',
  nis2: '3.2.3.h',
  'well-architected': 'REL06-BP01, REL06-BP02, REL06-BP03†, REL11-BP01†, REL11-BP06†',
});

/** What was done is written down, and nobody can rewrite it. */
export const AUDIT_TRAIL = family({
  iso27001: 'A.8.15, A.8.16',
  nist80053: 'AU-2, AU-3, AU-9, AU-10, AU-12, AU-6, SI-7(1), SI-7(3), SI-7(7), CA-7',
  hipaa: '164.312(b), 164.312(c)(1), 164.312(c)(2), 164.308(a)(1)(ii)(D)',
  gdpr: 'Art. 30, Art. 32, Art. 25',
  soc2: 'CC7.2, CC7.3, CC2.1, CC8.1',
  pcidss: '10.2, 10.3, 10.5.1',
  dora: 'Art. 6, Art. 17, Art. 25, Art. 12†',
  nis2: '3.2.3.c, 3.2.3.g, 3.4.2.c, 3.4.2.d',
  'well-architected': 'REL06-BP01, REL06-BP05†',
});

/** Logs are written and kept. */
export const LOG_RETENTION = family({
  iso27001: 'A.8.15, A.8.24, A.5.33†',
  nist80053: 'AU-11, AU-10, AU-6(3), AU-6(4), SI-12, CA-7, SC-28(1)',
  hipaa: '164.312(b), 164.312(a)(2)(iv), 164.316(b)(2)(i)†',
  gdpr: 'Art. 30, Art. 32, Art. 5(1)(e)†',
  soc2: 'CC7.2, C1.2, PI1.4',
  pcidss: '10.5.1, 10.3',
  dora: 'Art. 17',
  nis2: '3.2.5, 4.2.2.f',
  'well-architected': 'REL06-BP05†',
});

/** Data is encrypted with keys that the owner of the data controls. */
export const ENCRYPTION_KEYS = family({
  iso27001: 'A.8.24',
  nist80053: 'SC-12, SC-12(2), SC-28(3), AC-2(1), AC-3(15)',
  hipaa: '164.308(a)(4)(ii)(B), 164.312(a)(2)(iv)',
  gdpr: 'Art. 32',
  soc2: 'CC6.7, PI1.5',
  pcidss: '3.6.1, 3.7, 4.2.1.1',
  dora: 'Art. 7, Art. 9, Art. 25',
  nis2: '9.2.c.iv, 11.6.2.c',
  'well-architected': 'REL09-BP02†',
});

/** What runs is supported and patched. */
export const PATCHING = family({
  iso27001: 'A.8.8†',
  nist80053: 'SI-2, SI-2(2), SI-2(4), SI-2(5), CM-2b, CM-3(3)',
  hipaa: '164.308(a)(5)(ii)(A)',
  gdpr: 'Art. 32†',
  soc2: 'CC7.1†',
  pcidss: '6.3.3',
  dora: 'Art. 25',
  nis2: '6.6.1.a',
  'well-architected': 'REL-8, REL08-BP05',
});

/** Messages and events that fail are kept. */
export const MESSAGING = family({
  iso27001: 'A.8.14†, A.8.16†',
  nist80053: 'CA-7, SI-2, SC-36(1)(a), AU-12(3), SI-13†',
  hipaa: '164.312(b)',
  gdpr: 'Art. 32(1)(b)†',
  soc2: 'PI1.3†, A1.2†',
  dora: 'Art. 9(3)†',
  nis2: '4.1.2†',
  'well-architected': 'REL-1, REL-6, REL05-BP03†, REL05-BP04†',
});

/** Changes are made so that they can be taken back. */
export const CHANGE_SAFETY = family({
  iso27001: 'A.8.32†, A.8.9†',
  nist80053: 'CM-3, CM-3(2)†, CM-2',
  soc2: 'CC8.1†',
  pcidss: '6.5.1†',
  dora: 'Art. 9(4)(e)†',
  nis2: '6.4†',
  'well-architected': 'REL08-BP02†, REL08-BP03†, REL08-BP05†',
});

/** Recovery is tried before it is needed. Tests led by threats (DORA Art. 26) are no matter of templates. */
export const RECOVERY_TESTING = family({
  iso27001: 'A.5.30†, A.8.13†',
  nist80053: 'CP-4†, CP-4(1)†, CP-4(4)†, CP-9(1)†',
  hipaa: '164.308(a)(7)(ii)(D)†, 164.308(a)(8)†',
  gdpr: 'Art. 32(1)(d)†',
  soc2: 'A1.3†',
  dora: 'Art. 11(6)†, Art. 12(6)†, Art. 12(7)†, Art. 24†, Art. 25†',
  nis2: '4.1.4†',
  'well-architected': 'REL09-BP04†, REL12-BP04†, REL12-BP05†, REL13-BP03†',
});

/** Data stays where it may be. */
export const RESIDENCY = family({
  iso27001: 'A.5.34†, A.5.23†',
  nist80053: 'AC-4†, SA-9(5)†, CP-6(3)†',
  gdpr: 'Art. 44-49†, Art. 28†',
  soc2: 'C1.1†, P-series†',
  dora: 'Art. 28(7)†, Art. 28(8)†, Art. 30(2)(b)†',
  nis2: '5.1†',
  'well-architected': 'REL13-BP02†',
});

/** What a service is owed is said, and what it hangs on is owed as much. */
export const OBJECTIVES = family({
  iso27001: 'A.5.29†, A.5.30†',
  nist80053: 'CP-2(8)†, RA-9†',
  hipaa: '164.308(a)(7)(ii)(E)†',
  gdpr: 'Art. 32(2)†',
  soc2: 'A1.1†, CC3.2†',
  dora: 'Art. 8†, Art. 11(5)†',
  nis2: '4.1.3',
  'well-architected': 'REL13-BP01†, REL04-BP02†, REL11-BP07†',
});

/** Exceptions have a reason, an approver and an end. */
export const EXCEPTIONS = family({
  iso27001: 'A.5.36†',
  nist80053: 'CA-5†, PM-4†',
  hipaa: '164.308(a)(1)(ii)(B)†',
  gdpr: 'Art. 5(2)†',
  soc2: 'CC4.2†, CC5.3†',
  pcidss: '12.3.1†',
  dora: 'Art. 6(5)†',
  nis2: '2.1.2.j',
  'well-architected': 'REL13-BP04†',
});
