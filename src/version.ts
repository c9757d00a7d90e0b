declare const __MILLIS_VERSION__: string;

/** The package's version, put in by the build. */
export const version: string = __MILLIS_VERSION__;
