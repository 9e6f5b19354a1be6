/** What the control path can do to a customer's pushed events; README.md says what each means. */
export interface PushSwitches {
  /** The HTTP status handshakes are refused with; false = they are not. */
  refuse: false | number
  delayMs: number
  /** Copies beyond the first. */
  duplicate: number
  reorder: boolean
  halfOpen: boolean
  wrapped: boolean
  conferencecallEvents: boolean
  callFrames: boolean
}

/** What becomes of one frame in bad weather. */
export interface FrameFate {
  /** 0 = lost. */
  readonly copies: number
  /** Milliseconds. */
  readonly delay: number
  /** The whole socket goes instead. */
  readonly drop: boolean
}

/** The push side of one customer. */
export interface PushState {
  readonly switches: PushSwitches
  /** Frames that left for any socket. */
  sent: number
  /** Events published while somebody was subscribed. */
  events: number
  weather: { frame(): FrameFate } | undefined
}

/** All switches off: the platform as it is today (voipbin-api.md 9). */
export function calmPush(): PushState {
  const switches: PushSwitches = {
    refuse: false,
    delayMs: 0,
    duplicate: 0,
    reorder: false,
    halfOpen: false,
    wrapped: false,
    conferencecallEvents: false,
    callFrames: true,
  }
  return { switches, sent: 0, events: 0, weather: undefined }
}
