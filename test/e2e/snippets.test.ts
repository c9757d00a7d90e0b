import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Choice, choiceAttributes, DEFAULT_CHOICE } from '../../demo/playground/choice.js';
import { type Snippet, snippets } from '../../demo/playground/snippets.js';
import { type Platform, startPlatform } from '../../demo/platform/platform.js';
import { CallPage } from '../support/node/call-page.js';
import { type PackedPackage, packPackage } from '../support/node/packed-package.js';
import { WIDGET_PATH } from '../support/node/page-scripts.js';
import {
  shownWidget,
  type ShownWidget,
  shownWords,
  toldTo,
  untilShown,
} from '../support/node/shown-widget.js';
import { pagesOf } from '../support/node/snippet-page.js';
import { openStage, type Stage } from '../support/node/stage.js';

const KEY = 'a key that only the shell and the platform know';
/** One for each choice: what is stored with it must not meet. */
const AGENTS = { plain: 'patient', rich: 'steadfast' };

const RICH_LOOK = {
  titles: {
    idle: `"Hi" & 'you' &amp; {us} {{ you }} </script> $HOME \`x\` \\n`,
    connecting: 'جارٍ الاتصال…',
    running: '通話を終える',
  },
  icons: {
    idle: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">\n  <circle cx='4' cy='4' r='4' fill="#fff"/>\n</svg>`,
    connecting: '⏳',
    running: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  },
  background: 'linear-gradient(135deg, rgb(102, 0, 51), rgb(51, 0, 102))',
  buttonCss: 'border-radius: 12px;\nletter-spacing: 1px;\n&:hover { letter-spacing: 2px; }',
  size: 96,
  transcript: true,
};

/** Closes what was opened, however far that came. */
const closing: (() => Promise<void>)[] = [];
let stage: Stage;
let keyed: Platform;
let packed: PackedPackage;
let choices: Readonly<Record<'plain' | 'rich', Choice>>;

before(async () => {
  packed = await packPackage();
  closing.push(() => packed.remove());
  stage = await openStage();
  closing.push(() => stage.close());
  keyed = await startPlatform({ key: KEY });
  closing.push(() => keyed.close());
  const script = `${stage.site.url}${WIDGET_PATH}`;
  const plain = { ...DEFAULT_CHOICE, agentId: AGENTS.plain, server: stage.platform.url, script };
  // The config at `config-src` says less than the attributes do: they must win.
  const configSrc = stage.site.add('{ "size": 40, "background": "red" }', 'application/json');
  const placement = 'bottom-right';
  const wiring = { agentId: AGENTS.rich, region: 'eu', configSrc, placement, trigger: '#talk', muted: true };
  choices = { plain, rich: { ...plain, ...wiring, look: RICH_LOOK } };
});

after(() => Promise.all(closing.map((close) => close())));

function snippet(choice: Choice, id: Snippet['id']): Snippet {
  const found = snippets(choice).find((one) => one.id === id);
  assert.ok(found);
  return found;
}

/** Executes the snippet as it stands, and opens what came of it. */
async function open(choice: Choice, id: Snippet['id']): Promise<readonly CallPage[]> {
  // The key's platform is another one than that of the calls.
  const server = id === 'curl' ? keyed.url : choice.server;
  const executed = snippet({ ...choice, server }, id);
  assert.ok(!executed.text.includes(KEY));
  const addresses = await pagesOf(executed, {
    site: stage.site,
    package: packed,
    key: KEY,
    storedAt: keyed.url,
    widget: ({ attributes = '', content = '', server: other = choice.server }) =>
      `<millis-voice-agent agent-id="${choice.agentId}" server="${other}" ${attributes}>${content}</millis-voice-agent>`,
  });
  const calls = addresses.map((address) => CallPage.open(stage.browser, address));
  return Promise.all(calls);
}

/** What the widget is to look like before a call; a config says less than the attributes do. */
function expectedLook(
  name: 'plain' | 'rich',
  config: boolean,
): Partial<ShownWidget> & { readonly name: string } {
  const plain = { name: 'Talk to us', muted: false };
  if (name === 'plain') return plain;
  return {
    name: RICH_LOOK.titles.idle,
    background: RICH_LOOK.background,
    borderRadius: '12px',
    letterSpacing: '1px',
    height: RICH_LOOK.size,
    iconText: '',
    iconPictures: 1,
    corner: config ? 'top-left' : 'bottom-right',
    muted: !config,
  };
}

function expectedConfig(name: 'plain' | 'rich'): object {
  return name === 'plain' ? {} : { ...RICH_LOOK, region: 'eu' };
}

async function stored(agentId: string): Promise<unknown> {
  const response = await fetch(`${keyed.url}/agents/${agentId}/embed`);
  return response.json();
}

async function assertToldAll(call: CallPage, choice: Choice): Promise<void> {
  const attributes = choiceAttributes(choice);
  const names = attributes.map(([name]) => name);
  const told = await toldTo(call, names);
  for (const [index, [name, value]] of attributes.entries()) {
    // React and Vue set the properties that there are, and two of them are no text.
    const asProperty =
      name === 'transcript' || name === 'muted' ? 'true' : name === 'size' ? value : JSON.stringify(value);
    if (told[index] !== asProperty) assert.equal(told[index], value, name);
  }
}

function pick(shown: ShownWidget, wanted: Partial<ShownWidget>): Partial<ShownWidget> {
  return Object.fromEntries(Object.entries(shown).filter(([name]) => name in wanted));
}

describe('a snippet of the playground, executed as it stands', { concurrency: 4, timeout: 40_000 }, () => {
  for (const name of ['plain', 'rich'] as const) {
    for (const id of ['script', 'html', 'react', 'vue', 'json', 'curl'] as const) {
      describe(`${id}, for a ${name} choice`, { concurrency: 1 }, () => {
        let calls: readonly CallPage[] = [];
        const isConfig = id === 'json' || id === 'curl';
        before(async () => (calls = await open(choices[name], id)));
        after(() => Promise.all(calls.map((call) => call.close())));

        it('hands over every word of it', async () => {
          if (id === 'curl') assert.deepEqual(await stored(AGENTS[name]), expectedConfig(name));
          if (!isConfig) for (const call of calls) await assertToldAll(call, choices[name]);
          if (id === 'json')
            assert.deepEqual(JSON.parse(snippet(choices[name], id).text), expectedConfig(name));
        });

        it('shows what was chosen', async () => {
          for (const call of calls) {
            const wanted = expectedLook(name, isConfig);
            await untilShown(call, wanted.name);
            assert.deepEqual(pick(await shownWidget(call), wanted), wanted);
          }
        });

        it('makes a call', async () => {
          for (const call of calls) {
            if (id === 'curl') await authorize(call);
            await call.press();
            await call.reaches('live');
            assert.deepEqual(call.complaints, []);
          }
        });

        it('shows the other two states as chosen', async () => {
          const titles =
            name === 'rich' ? RICH_LOOK.titles : { connecting: 'Connecting…', running: 'End call' };
          for (const call of calls) {
            const { connecting, 'requesting-microphone': asking } = await shownWords(call);
            assert.match(`${asking ?? ''} ${connecting ?? ''}`, new RegExp(titles.connecting));
            const live = await shownWidget(call);
            assert.equal(live.name, titles.running);
            assert.equal(live.transcript, name === 'rich');
            if (name === 'rich') assert.equal(live.iconPictures, 1);
            await call.press();
            await call.reaches('ended');
          }
        });
      });
    }
  }
});

/** The gateway of a site would add the key. */
async function authorize({ page }: CallPage): Promise<void> {
  await page.$eval(
    'millis-voice-agent',
    (element, key) => (element.authorize = () => ({ authorization: `Bearer ${key}` })),
    KEY,
  );
}
