import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { AgentConfig, AgentUpdate } from './agent-config.js';
import { type AgentScript, scriptLines } from './agent-script.js';
import type { EmbedConfig } from './embed-config.js';

/** The API's `Agent`. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly config: AgentConfig;
  /** Seconds since the epoch. */
  readonly created_at: number;
}

interface Entry {
  script: AgentScript;
  readonly createdAt: number;
  embed?: EmbedConfig;
}

/** Agents that clients make; the shipped ones are not counted. */
const MAX_CREATED = 1_000;
const AGENTS_DIR = new URL('./agents/', import.meta.url);

/** What an agent says that was made through the API: it has no script, and does not pretend to understand. */
const ACKNOWLEDGEMENTS = ['I see.', 'Thank you, I heard you.', 'Go on, please.'];

/** The agents of one platform: those in the folder, and those that clients make. */
export class AgentRegistry {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly shipped: readonly AgentScript[]) {
    for (const script of shipped) this.entries.set(script.id, { script, createdAt: nowSeconds() });
  }

  /** Reads every file in `agents/`: a new file is a new agent. Throws when two agents have the same id. */
  static async load(): Promise<AgentRegistry> {
    return new AgentRegistry(await loadScripts());
  }

  list(): Agent[] {
    return [...this.entries.values()].map(agentOf);
  }

  /** The scripts of all agents, also of those that clients made. */
  scripts(): AgentScript[] {
    return [...this.entries.values()].map(({ script }) => script);
  }

  find(id: string): Agent | undefined {
    const entry = this.entries.get(id);
    return entry && agentOf(entry);
  }

  script(id: string): AgentScript | undefined {
    return this.entries.get(id)?.script;
  }

  /** `undefined`: there are too many already. */
  create(name: string, config: AgentConfig): Agent | undefined {
    if (this.entries.size >= this.shipped.length + MAX_CREATED) return undefined;
    const id = randomUUID();
    const entry = {
      script: { id, name, config, lines: ACKNOWLEDGEMENTS, reply: acknowledge },
      createdAt: nowSeconds(),
    };
    this.entries.set(id, entry);
    return agentOf(entry);
  }

  /** Replaces what the update names, for calls that start from now on. */
  update(id: string, { name, config }: AgentUpdate): Agent | undefined {
    const entry = this.entries.get(id);
    if (!entry) return undefined;
    const named = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
    entry.script = { ...entry.script, name, config: { ...entry.script.config, ...named } };
    return agentOf(entry);
  }

  delete(id: string): boolean {
    return this.entries.delete(id);
  }

  /** Whether there is such an agent. */
  setEmbed(id: string, embed: EmbedConfig): boolean {
    const entry = this.entries.get(id);
    if (entry) entry.embed = embed;
    return entry !== undefined;
  }

  embed(id: string): EmbedConfig | undefined {
    return this.entries.get(id)?.embed;
  }
}

/** Every line that comes with the project, each once. */
export async function shippedLines(): Promise<readonly string[]> {
  return [...new Set([...(await loadScripts()).flatMap(scriptLines), ...ACKNOWLEDGEMENTS])];
}

/** The scripts of all files in `agents/`, in the order of their names. */
async function loadScripts(): Promise<readonly AgentScript[]> {
  const files = (await readdir(AGENTS_DIR)).filter((file) => /\.[jt]s$/.test(file)).sort();
  const modules = await Promise.all(
    files.map(async (file) =>
      Object.values<unknown>((await import(new URL(file, AGENTS_DIR).href)) as Record<string, unknown>),
    ),
  );
  const scripts = modules.flat().flat().filter(isScript);
  const twice = scripts.find(({ id }, index) => scripts.findIndex((other) => other.id === id) !== index);
  if (twice) throw new Error(`Two agents have the id ${twice.id}.`);
  return scripts;
}

function isScript(value: unknown): value is AgentScript {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'config' in value;
}

function acknowledge({ number }: { readonly number: number }): { text: string } {
  return { text: ACKNOWLEDGEMENTS[(number - 1) % ACKNOWLEDGEMENTS.length] ?? 'I see.' };
}

function agentOf({ script: { id, name, config }, createdAt }: Entry): Agent {
  return { id, name, config, created_at: createdAt };
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
