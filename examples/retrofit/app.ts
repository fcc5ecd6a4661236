import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { declareService, Retrofit, Service, Tier } from 'cdk-nines';
import { BookingsStack } from './bookings-stack';

const app = new App();
const tier = Tier.IMPORTANT;

// `-c retrofit=true` is after, without it is before. Called before the constructs are made, it is asked for their defaults.
const isAfter = app.node.tryGetContext('retrofit') === 'true';
const retrofit = isAfter ? Retrofit.of(app, { tier }) : undefined;

// What a team runs already: plain aws-cdk-lib. Nothing of it is touched.
const bookings = new BookingsStack(app, 'Bookings', {
  env: { account: '123456789012', region: 'eu-west-1' },
});
declareService(bookings, new Service({ name: 'bookings', tier, owner: 'team-bookings' }));

app.synth();
// What was changed, and what was weak and left, each with its reason.
if (retrofit) writeFileSync(join(app.outdir, 'retrofit.md'), retrofit.report.toMarkdown());
