import { App, Validations } from 'aws-cdk-lib/core';
import { NinesChecks } from 'cdk-nines';
import { BrownfieldCompute } from './compute';
import { BrownfieldData } from './data';
import { BrownfieldNetwork } from './network';

// What many teams run today: plain aws-cdk-lib, synthesised and deployed without an error.
const app = new App();
const env = { account: '123456789012', region: 'eu-west-1' };

const network = new BrownfieldNetwork(app, 'Brownfield-Network', { env });
new BrownfieldCompute(app, 'Brownfield-Compute', { env, network });
new BrownfieldData(app, 'Brownfield-Data', { env, network });

// `-c checks=true` lets the synthesis refuse it; without, it deploys as it is.
if (app.node.tryGetContext('checks') === 'true') Validations.of(app).addPlugins(new NinesChecks());
