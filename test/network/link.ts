import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LINK = fileURLToPath(new URL('link.py', import.meta.url));

/** A visitor's machine at one end of a link of its own. */
export interface Link {
  /** The visitor's network namespace. */
  readonly namespace: string;
  /** Where `Switch.connect` finds it, also from inside of a namespace. */
  readonly socket: string;
  /** Removes namespaces and devices, and ends what runs in them. So does the end of this process, whatever it died of. */
  close(): Promise<void>;
}

/** Makes a link with no server yet. No two links of the machine may have the same name. */
export async function openLink(name: string, socket: string): Promise<Link> {
  // The link goes away when its input ends.
  const child = spawn('python3', ['-B', LINK, name, socket], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [unknown];
  if (line !== 'up') throw new Error('The link could not be made.');
  return {
    namespace: name,
    socket,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** What a server's wire does to what passes it, in both directions. */
export interface WireFaults {
  /** One way, in milliseconds. */
  readonly delay: number;
  /** At most so many milliseconds more, at random. */
  readonly jitter: number;
  /** From 0 to 1. */
  readonly loss: number;
  /**
   * What goes into a black hole. `media`: all but HTTP, as behind the firewall of an office. `stun`: the questions and answers by
   * which ICE learns whether a path still works.
   */
  readonly drop: 'none' | 'stun' | 'media' | 'all';
}

/** A network namespace for a server. */
export interface ServerEnd {
  readonly namespace: string;
  readonly address: string;
}

/** Orders to a link, answered one after the other. */
export class Switch {
  private readonly answers: AsyncIterator<string>;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly socket: Socket) {
    this.answers = createInterface(socket)[Symbol.asyncIterator]();
  }

  static async connect(path: string): Promise<Switch> {
    const socket = connect(path);
    await once(socket, 'connect');
    return new Switch(socket);
  }

  /** A new server's end, on a wire without faults. */
  addServer(): Promise<ServerEnd> {
    return this.order<ServerEnd>({ do: 'add' });
  }

  /** Changes what is named, from this moment on. */
  async setFaults(server: string, faults: Partial<WireFaults>): Promise<void> {
    await this.order({ do: 'set', server, ...faults });
  }

  /** Gives the visitor another address, as between two Wi-Fis. */
  async moveVisitor(): Promise<void> {
    await this.order({ do: 'move' });
  }

  close(): void {
    this.socket.destroy();
  }

  private order<Answer>(order: Readonly<Record<string, unknown>>): Promise<Answer> {
    const answer = this.last.then(async () => {
      this.socket.write(`${JSON.stringify(order)}\n`);
      const answered = await this.answers.next();
      if (answered.done === true) throw new Error('The link is gone.');
      return JSON.parse(answered.value) as Answer;
    });
    this.last = answer.catch(() => undefined);
    return answer;
  }
}
