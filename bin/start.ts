#!/usr/bin/env node
import { join } from 'node:path';
import { optimiseLater } from '../lib/synth/patience';
import { runCompiled } from './compiled';

optimiseLater();
runCompiled(join(__dirname, 'command.js'), require);
