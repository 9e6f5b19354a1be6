/** The control path's switches of a customer's pushed events; README.md says what each means. */
export interface PushSwitches {
  /** The HTTP status that handshakes are refused with; false = they are accepted. */
  refuse: false | number
  delayMs: number
  /** Copies besides the first. */
  duplicate: number
  reorder: boolean
  halfOpen: boolean
  wrapped: boolean
  conferencecallEvents: boolean
  callFrames: boolean
}

/** What happens to one frame in bad weather. */
export interface FrameFate {
  /** 0 = lost. */
  readonly copies: number
  /** Milliseconds. */
  readonly delay: number
  /** The whole socket is dropped instead. */
  readonly drop: boolean
}

/** The push side of one customer. */
export interface PushState {
  readonly switches: PushSwitches
  /** Frames sent to any socket. */
  sent: number
  /** Events published while a socket was subscribed. */
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
