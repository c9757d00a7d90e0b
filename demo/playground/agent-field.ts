import { HERE } from './address.js';
import type { ChoiceStore } from './choice-store.js';
import { create } from './dom.js';
import { textField } from './field.js';
import { wiring } from './lens.js';

interface Agent {
  readonly id: string;
  readonly name: string;
}

/** What to expect of the agents that are good to talk to; the others misbehave, and their names say how. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  receptionist: 'Greets you, books an appointment, says goodbye.',
  parrot: 'Says back what you said, in your own voice.',
  patient: 'Waits for you to speak first.',
  steadfast: 'Does not let itself be interrupted.',
};

const AGENT_ID = wiring('agentId');

/** Who answers: the agents of the local platform as they arrive, or any other one by its id. */
export function agentFields(store: ChoiceStore): HTMLElement[] {
  const good = create('fieldset', { class: 'agents' });
  good.append(create('legend', { class: 'unseen' }, 'Agents that are good to talk to'));
  const bad = create('fieldset', { class: 'agents' });
  bad.append(create('legend', { class: 'unseen' }, 'Agents that misbehave'));
  const more = create('details', {}, create('summary', {}, 'Agents that misbehave'), bad);
  const failure = create('p', { class: 'hint' });
  void listAgents().then(
    (agents) => {
      for (const agent of agents) (isGood(agent) ? good : bad).append(agentButton(store, agent));
      more.open = agents.some((agent) => !isGood(agent) && agent.id === store.view.choice.agentId);
    },
    (error: unknown) => failure.append(`The local platform does not list its agents. ${String(error)}`),
  );
  const id = textField(store, AGENT_ID, { label: 'Agent id', hint: 'One from this list, or one of yours.' });
  return [good, failure, more, id];
}

async function listAgents(): Promise<Agent[]> {
  const response = await fetch(`${HERE.server}/agents`);
  const agents = (await response.json()) as Agent[];
  const order = Object.keys(DESCRIPTIONS);
  const rank = ({ id }: Agent) => (order.includes(id) ? order.indexOf(id) : order.length);
  return agents.sort((one, other) => rank(one) - rank(other));
}

function isGood({ id }: Agent): boolean {
  return Object.hasOwn(DESCRIPTIONS, id);
}

function agentButton(store: ChoiceStore, { id, name }: Agent): HTMLElement {
  const control = create('input', { type: 'radio', name: 'agent', value: id });
  control.addEventListener('change', () => store.edit(AGENT_ID.path, AGENT_ID.write(store.view.choice, id)));
  store.subscribe(({ choice }) => (control.checked = choice.agentId === id));
  const description = create('small', {}, DESCRIPTIONS[id] ?? id);
  return create('label', {}, control, create('span', {}, name, description));
}
