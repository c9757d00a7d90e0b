/** The page of `npm start`: choose how the widget looks and works, see it live on a page, and take the code. */
import { addressOf, followAddress, readAddress } from './address.js';
import { ChoiceStore } from './choice-store.js';
import { codeTabs } from './code-tabs.js';
import { copyAddress } from './copy-text.js';
import { create, find } from './dom.js';
import { logEvents } from './event-log.js';
import { buildForm } from './form.js';
import { SAMPLES } from './samples.js';
import { Stage } from './stage.js';

const { choice, sample } = readAddress();
const store = new ChoiceStore(choice, sample);
const stage = new Stage(store, logEvents);

buildForm(store, () => stage.reload());
codeTabs(store);
chooseSamples();
followAddress(store);
find('#copy-link', HTMLButtonElement).addEventListener(
  'click',
  () => void copyAddress(addressOf(store.view)),
);
find('#reload', HTMLButtonElement).addEventListener('click', () => stage.reload());
find('#skip', HTMLButtonElement).addEventListener('click', () => find('#form', HTMLElement).focus());

function chooseSamples(): void {
  for (const sample of SAMPLES) {
    const button = create('input', { type: 'radio', name: 'sample', value: sample.id });
    button.addEventListener('change', () => store.show({ sample }));
    store.subscribe((view) => (button.checked = view.sample === sample));
    find('#samples', HTMLElement).append(create('label', {}, button, create('span', {}, sample.title)));
  }
}
