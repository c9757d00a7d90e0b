import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { faultsDocument } from '../faults/document.js';

describe('the table of faults', () => {
  it('is what docs/faults.md says; else run npm run docs:faults', () => {
    assert.equal(readFileSync('docs/faults.md', 'utf8'), faultsDocument());
  });
});
