#!/usr/bin/env node
/** The program `millis-voice-agent`. */
import { main } from './cli/main.js';
import { takeSecrets } from './cli/secrets.js';
import { openTerminal } from './cli/terminal.js';
import { version } from './version.js';

// Not `process.exit`: a pipe may still have to take what was said.
process.exitCode = await main(process.argv.slice(2), openTerminal(takeSecrets(process.env)), version);
