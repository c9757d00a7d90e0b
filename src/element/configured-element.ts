import type { PropertyDeclarations, PropertyValues } from 'lit';
import type { EmbedConfig, EmbedSettings } from '../protocol/embed-config.js';
import { looksLikeKey } from '../domain/looks-like-key.js';
import type { Authorize } from '../call/signaling.js';
import { ConfigController, type Shape } from './config-controller.js';
import { LookController } from './look-controller.js';
import { PacedElement } from './paced-element.js';
import { warn } from './warn.js';

const CORNER = /^(bottom|top)-(right|left)$/;

/** `64` and `64px` are numbers; what is neither stays as it is, so that the warning can show it. */
function sizeFromAttribute(value: string | null): unknown {
  if (value === null) return undefined;
  return /^\s*\d+(px)?\s*$/.test(value) ? Number.parseInt(value, 10) : value;
}

function transcriptFromAttribute(value: string | null): boolean | undefined {
  return value === null ? undefined : !/^(off|false)$/i.test(value.trim());
}

/** An element that a site configures: by attributes, a property, a script inside of it, or a config on a server. */
export abstract class ConfiguredElement extends PacedElement {
  static override readonly properties: PropertyDeclarations = {
    agentId: { attribute: 'agent-id' },
    server: {},
    region: {},
    configSrc: { attribute: 'config-src' },
    config: { attribute: false },
    titleIdle: { attribute: 'title-idle' },
    titleConnecting: { attribute: 'title-connecting' },
    titleRunning: { attribute: 'title-running' },
    iconIdle: { attribute: 'icon-idle' },
    iconConnecting: { attribute: 'icon-connecting' },
    iconRunning: { attribute: 'icon-running' },
    background: {},
    buttonCss: { attribute: 'button-css' },
    size: { converter: { fromAttribute: sizeFromAttribute } },
    transcript: { converter: { fromAttribute: transcriptFromAttribute } },
    placement: { reflect: true, useDefault: true },
  };

  /** Public id of the agent to call. */
  agentId = '';
  /** Base URL of a gateway, or of the platform. Default: the platform of the region. */
  server = '';
  /** `us-west` (default) or `eu-west`: where the platform is called when there is no `server`. */
  region = '';
  /** URL of an `EmbedConfig` as JSON. Default: the server is asked for the agent's, where there is a server. */
  configSrc = '';
  /** An `EmbedConfig`. What attributes and properties of the same names say comes before it. */
  config: EmbedConfig | null | undefined;
  /** Words of the resting button. Empty: none to be seen. */
  titleIdle: string | null | undefined;
  /** Its words while a call is being made. */
  titleConnecting: string | null | undefined;
  /** Its words in a call. */
  titleRunning: string | null | undefined;
  /** Icon of the resting button: an image's URL, `data:image/…`, inline SVG text, an emoji or a short text. */
  iconIdle: string | null | undefined;
  /** Its icon while a call is being made. */
  iconConnecting: string | null | undefined;
  /** Its icon in a call. */
  iconRunning: string | null | undefined;
  /** CSS `background` of the button: colours and gradients, nothing that loads. */
  background: string | null | undefined;
  /** CSS declarations for the button, with nested `&:hover`, `&:focus-visible`, `&:active` and `&:disabled`. */
  buttonCss: string | null | undefined;
  /** Height of the button in CSS pixels, 24 to 512. Default 64. */
  size: number | null | undefined;
  /** Whether the conversation is shown; `undefined`: the config decides, and else it is not. As an attribute: present or `on`, `off`. */
  transcript: boolean | null | undefined;
  /** `inline`, `bottom-right`, `bottom-left`, `top-right`, `top-left`, or `none`: no interface, the page draws its own. */
  placement = 'inline';

  protected readonly configured = new ConfigController(this);
  protected readonly look = new LookController(this, this.configured);

  /** Headers for each request to `server`, for short-lived tokens. */
  abstract authorize: Authorize | undefined;

  /** @internal */
  get shape(): Shape {
    if (this.placement === 'none') return 'none';
    return CORNER.test(this.placement) ? 'corner' : 'inline';
  }

  /** @internal */
  get ownSettings(): object {
    return {
      titles: { idle: this.titleIdle, connecting: this.titleConnecting, running: this.titleRunning },
      icons: { idle: this.iconIdle, connecting: this.iconConnecting, running: this.iconRunning },
      background: this.background,
      buttonCss: this.buttonCss,
      size: this.size,
      transcript: this.transcript,
      region: this.region || undefined,
    };
  }

  /** What holds just now. */
  protected get settings(): EmbedSettings {
    return this.configured.settings;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('placement') || /^(inline|none)$/.test(this.placement) || CORNER.test(this.placement))
      return;
    // A private key stays where it is refused, and is not shown.
    if (looksLikeKey('', this.placement, true)) return;
    warn(
      `placement: expected inline, none or a corner as bottom-right, got ${JSON.stringify(this.placement)}`,
    );
    this.placement = 'inline';
  }
}
