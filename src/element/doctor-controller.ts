import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { learnPermission } from '../call/microphone.js';
import { pageProblem } from '../call/readiness.js';
import type { CallError } from '../domain/call-error.js';
import { adviseOnce } from './warn.js';

interface DoctorHost extends ReactiveControllerHost, HTMLElement {
  /** Why the last call failed, while its message is shown. */
  readonly ailment: CallError | undefined;
}

/**
 * Knows what keeps a page from calling, and sees when that is gone: a permission that is given after all, a microphone that is
 * connected, a network that is back. It listens only while the failure is shown, asks the visitor nothing, and tells once.
 */
export class DoctorController implements ReactiveController {
  /** The cause of the failure that is shown is gone. */
  mended = false;
  /** Why no call can be made here, once the visitor is about to make one. */
  problem: CallError | undefined;
  readonly #host: DoctorHost;
  #ailment: CallError | undefined;
  #listening = new AbortController();

  constructor(host: DoctorHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const problem = pageProblem();
    this.#host.toggleAttribute('data-unavailable', problem !== undefined);
    if (!problem) return;
    this.#host.dataset['unavailable'] = problem.code;
    adviseOnce(problem.message);
  }

  hostDisconnected(): void {
    this.#listening.abort();
    this.#ailment = undefined;
  }

  hostUpdated(): void {
    const { ailment, isConnected } = this.#host;
    if (ailment === this.#ailment || !isConnected) return;
    this.#ailment = ailment;
    this.#listening.abort();
    this.mended = false;
    this.#listening = new AbortController();
    if (ailment) void this.#listen(ailment, this.#listening.signal);
  }

  /** The visitor points at the button: what cannot work is said before the press. */
  look(): void {
    if (this.problem) return;
    this.problem = pageProblem();
    if (this.problem) this.#host.requestUpdate();
  }

  async #listen({ code }: CallError, signal: AbortSignal): Promise<void> {
    const mend = () => {
      this.mended = true;
      this.#listening.abort();
      this.#host.requestUpdate();
    };
    if (code === 'offline') addEventListener('online', mend, { signal });
    if (code === 'microphone-missing') {
      const look = async () => {
        const devices = await navigator.mediaDevices.enumerateDevices();
        if (!signal.aborted && devices.some(({ kind }) => kind === 'audioinput')) mend();
      };
      navigator.mediaDevices.addEventListener('devicechange', () => void look(), { signal });
    }
    if (code !== 'microphone-denied') return;
    const permission = await learnPermission();
    permission?.addEventListener('change', () => permission.state !== 'denied' && mend(), { signal });
  }
}
