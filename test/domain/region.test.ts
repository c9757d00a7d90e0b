import { expect } from '@open-wc/testing';
import { regionBaseUrl } from '../../src/domain/region.js';

describe('regionBaseUrl', () => {
  for (const [region, url] of [
    ['', 'https://api-west.millis.ai'],
    ['us-west', 'https://api-west.millis.ai'],
    ['us', 'https://api-west.millis.ai'],
    ['west', 'https://api-west.millis.ai'],
    [' EU-West ', 'https://api-eu-west.millis.ai'],
    ['eu', 'https://api-eu-west.millis.ai'],
  ] as const) {
    it(`"${region}" is ${url}`, () => {
      expect(regionBaseUrl(region)).to.equal(url);
    });
  }

  for (const region of ['eu-central', 'us-east', 'null', 'constructor', '__proto__']) {
    it(`"${region}" is nowhere: a voice never goes to another continent by mistake`, () => {
      expect(regionBaseUrl(region)).to.equal(undefined);
    });
  }
});
