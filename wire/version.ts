/** The signaling version both sides must share; a change of any byte in `wire/` that an old page cannot read raises it. */
export const SIGNAL_VERSION = 4;
