import type { Difference } from './subject.js';

type Differences = Readonly<Record<string, Difference>>;

const paths = (...list: readonly string[]) => list.map((path) => `refuses the path: ${path}`);
const methods = (...list: readonly string[]) =>
  list.map((method) => `refuses on the offer the method: ${method}`);
const lengths = ['-1', 'abc', '1e3', '0x10', '12, 13', '٣'].map(
  (length) => `refuses as length: ${JSON.stringify(Buffer.from(length).toString('latin1'))}`,
);
const BAD_ESCAPE = 'has no embed config at an address that is none';

/** What Express answers itself. */
export const expressDifferences: Differences = {
  ...each(paths('/'), [404], 'the route is for what comes after the path'),
  ...each([BAD_ESCAPE], [400], 'Express decodes the path first'),
};

/** What Next.js answers itself. */
export const nextDifferences: Differences = {
  ...each(
    paths('/', '/webrtc/', '/webrtc/offer/', '//webrtc/offer', '/webrtc//offer', '/agents//embed'),
    [308],
    'Next.js sends slashes that are too many to the address without them',
  ),
  ...each(
    [
      ...methods('PUT', 'PATCH', 'DELETE'),
      'looks at the path before the method and the origin',
      'looks at the method before the origin',
      'an embed config is only read',
      '/healthz takes no other method',
    ],
    [404, 405],
    'Next.js answers methods that the route does not export',
  ),
  ...each([BAD_ESCAPE], [400, 500], 'Next.js decodes the path first'),
};

/** What `workerd` answers itself. */
export const workerDifferences: Differences = each(
  [...lengths, 'refuses an unknown transfer encoding'],
  [500],
  'workerd says so of broken HTTP; at Cloudflare it does not get that far',
);

/** What Bun answers itself. */
export const bunDifferences: Differences = each(
  ['refuses a length beyond all numbers'],
  [413],
  'Bun has a limit of its own',
);

function each(titles: readonly string[], status: readonly number[], why: string): Differences {
  return Object.fromEntries(titles.map((title) => [title, { status, why }]));
}
