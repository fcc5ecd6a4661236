import { notApplicable } from '../../assembly/judgement';
import { DELETION_PROTECTION, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const FIREWALL = 'AWS::NetworkFirewall::Firewall';
const BY_ZONE = 'AvailabilityZoneMappings';
const CONTROLS = 'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html';

export const firewallSpansZones: Rule = {
  id: 'NFW-01',
  title: 'Firewalls stand in at least two zones.',
  kind: 'redundancy',
  why: 'When its zone is lost, all traffic that must pass the firewall stops.',
  fix: 'map a subnet in a second zone',
  severity: HIGH,
  appliesTo: [FIREWALL],
  controls: REDUNDANCY,
  sources: [CONTROLS],
  check: (firewall) =>
    firewall.zones.atLeast(2, firewall.get(BY_ZONE) === undefined ? 'SubnetMappings' : BY_ZONE),
};

export const firewallIsProtected: Rule = {
  id: 'NFW-02',
  title: 'Firewalls are protected from deletion.',
  kind: 'protection',
  why: 'One wrong command takes the way out of every network behind the firewall.',
  fix: 'set DeleteProtection to true',
  severity: MEDIUM,
  appliesTo: [FIREWALL],
  controls: DELETION_PROTECTION,
  sources: [CONTROLS],
  check: (firewall) => firewall.is('DeleteProtection', true),
};

export const firewallKeepsItsSubnets: Rule = {
  id: 'NFW-03',
  title: 'The subnets of firewalls are protected from changes.',
  kind: 'protection',
  why: 'A subnet that is taken out by mistake cuts its zone off.',
  fix: 'set SubnetChangeProtection to true',
  severity: MEDIUM,
  appliesTo: [FIREWALL],
  controls: DELETION_PROTECTION,
  sources: [CONTROLS],
  check: (firewall) =>
    // A firewall at a transit gateway has no subnets of the user.
    firewall.get(BY_ZONE) === undefined
      ? firewall.is('SubnetChangeProtection', true)
      : notApplicable('the firewall is mapped to zones, and to no subnet'),
};
