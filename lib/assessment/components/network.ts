import { natZonesOf } from '../../assembly/network/nat-gateways';
import { AWS_SLAS } from '../../calculus/aws-slas';
import { likelihoodBySla } from '../../calculus/likelihood';
import type { Component } from '../component';
import { anyOf } from '../failure';

const NAT: Component = {
  types: ['AWS::EC2::NatGateway'],
  part: 'support',
  fails: (gateway, model) => {
    const likelihood = likelihoodBySla(AWS_SLAS.natGateway, 'a NAT gateway, by its agreement');
    const zones = model.zoneNames(gateway, natZonesOf(gateway));
    const [only] = zones;
    if (zones.length === 1 && only !== undefined) return model.zonal(gateway, only, likelihood);
    return anyOf(model.regional(gateway, likelihood), model.allZones(gateway, zones));
  },
};

export const NETWORK: readonly Component[] = [NAT];
