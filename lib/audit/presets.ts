import { TIERS, tierName } from '../objectives/tier';
import type { Preset } from '../records/vocabulary';
import { dora, gdpr, hipaa, iso27001, nis2, nist80053, pciDss, soc2, wellArchitected } from './controls';

const byFramework = (control: (id: string) => { readonly framework: string }): Preset => {
  const { framework } = control('');
  return { framework, meaning: `Runs the rules that support a control of ${framework}, no others.` };
};

/**
 * What a configuration may name in `presets`.
 *
 * One by tier sets the tier of what belongs to no declared service. One by framework selects the rules that support a
 * control of it; several select those of any of them.
 */
export const PRESETS: Readonly<Record<string, Preset>> = {
  ...Object.fromEntries(
    TIERS.map((tier) => [
      `tier-${tier}`,
      { tier, meaning: `What belongs to no declared service is judged as ${tierName(tier)}.` },
    ]),
  ),
  'aws-well-architected': byFramework(wellArchitected),
  dora: byFramework(dora),
  gdpr: byFramework(gdpr),
  hipaa: byFramework(hipaa),
  'iso-27001': byFramework(iso27001),
  nis2: byFramework(nis2),
  'nist-800-53': byFramework(nist80053),
  'pci-dss': byFramework(pciDss),
  'soc-2': byFramework(soc2),
};
