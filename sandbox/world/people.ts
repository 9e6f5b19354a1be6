import type { Choices, Random } from './random.ts'
import type { NewConference } from './conferences.ts'
import type { Address } from './records.ts'

const FIRST_NAMES: Choices<string> = [
  'Ann',
  'Ben',
  'Chiara',
  'Dmitri',
  'Elif',
  'Femi',
  'Grace',
  'Hyun-woo',
  'Ines',
  'Jonas',
  'Kavya',
  'Liam',
  'Mei',
  'Noor',
  'Olga',
  'Pedro',
  'Quinn',
  'Rania',
  'Søren',
  'Tomás',
  'Uma',
  'Viktor',
  'Wanjiru',
  'Yuki',
  'Zoë',
]

const LAST_NAMES: Choices<string> = [
  'Abara',
  'Berg',
  'Castillo',
  'Dubois',
  'Eriksen',
  'Fischer',
  'García',
  'Haddad',
  'Ito',
  'Jansen',
  'Kim',
  'Lindqvist',
  'Moreau',
  'Nguyen',
  'Okafor',
  'Papadopoulos',
  'Rossi',
  'Sharma',
  'Tanaka',
  "O'Neill",
  'Weber',
  'Zhang',
]

/** The numbers that the customer's conferences answer on. */
export const LOCAL_NUMBERS: Choices<string> = ['+15559870002', '+15559870017', '+442079460018']

/** Awkward callers of every larger world: a roster must survive them. */
export const AWKWARD_CALLERS: readonly Address[] = [
  {},
  { type: 'tel', target: '+15551230999', target_name: '<script>alert("caller")</script> & "Co"' },
  { type: 'tel', target: '+15551230998' },
  {
    type: 'sip',
    target: '\u202Egnp.exe@example.com',
    target_name: '=HYPERLINK("http://evil.example")',
  },
  { type: 'sip', target: 'reception@pbx.example.com', name: 'Reception, ground floor' },
  { type: 'tel', target: '+819012345678', target_name: '田中 ゆき (東京)' },
]

/** The far end of a call, incoming or outgoing. */
export function makeCaller(dice: Random): Address {
  const first = dice.pick(FIRST_NAMES)
  const last = dice.pick(LAST_NAMES)
  const named = dice.chance(0.85) ? { target_name: `${first} ${last}` } : {}
  const kind = dice.next()
  if (kind < 0.72) return { type: 'tel', target: phoneNumber(dice), ...named }
  const user = first.toLowerCase().replace(/[^a-z]/g, '')
  if (kind < 0.85) return { type: 'sip', target: `${user}@sip.example.com`, ...named }
  if (kind < 0.94) return { type: 'extension', target: String(dice.int(1001, 1999)), ...named }
  if (kind < 0.99) return { type: 'agent', target: dice.uuid(), ...named }
  return {}
}

/** The first and last name of a contact. */
export const makeName = (dice: Random): readonly [first: string, last: string] => [
  dice.pick(FIRST_NAMES),
  dice.pick(LAST_NAMES),
]

/** The customer's own end of a call. */
export function localAddress(dice: Random): Address {
  return { type: 'tel', target: dice.pick(LOCAL_NUMBERS) }
}

function phoneNumber(dice: Random): string {
  const country = dice.pick(['+1555', '+1555', '+4420794', '+4930901', '+8180'])
  return `${country}${dice.text('0123456789', 7)}`
}

/** The conferences of a support department; some names are awkward, as real ones are. */
const CAST: readonly NewConference[] = [
  {
    name: 'Support standup',
    detail: 'Daily, 15 minutes',
    draw: 14,
    timeout: 3600,
    recorded: true,
    data: { team: 'support' },
  },
  {
    name: 'Incident bridge 🚨 #4821',
    detail: 'Payments degraded in eu-west',
    draw: 24,
    data: { ticket: 'INC-4821' },
  },
  { name: 'Customer onboarding: Acme Corp', detail: 'Weekly with Acme', draw: 10 },
  { name: 'Board call', detail: 'Confidential', draw: 7, data: { pin: '••••' } },
  { name: 'Engineering all hands', draw: 18, timeout: 7200 },
  { name: 'Quiet room (nobody yet)', draw: 0 },
  { name: '<img src=x onerror="alert(1)">', detail: '<b>bold</b> & </script>', draw: 4 },
  { name: 'Invoice \u202Efdp.exe\u202C review', detail: 'Name with a bidi override', draw: 3 },
  { name: '=HYPERLINK("http://evil.example","Click")', draw: 2 },
  { name: '', draw: 4 },
  { name: 'Old support line', status: 'terminating', draw: 0 },
  { name: 'Sales kickoff (being set up)', status: 'starting', draw: 0 },
  { name: '', type: 'connect', draw: 2 },
  { name: 'Support queue EN', type: 'queue', draw: 5 },
]

/** Index of the conference in the cast that is deleted and empties slowly. */
export const OLD_LINE = 10

const TOPICS: Choices<string> = [
  'Standup',
  'Retro',
  'Customer call',
  'Interview panel',
  'Training',
  'Release bridge',
  'Partner sync',
  'Billing desk',
]

/** `count` conferences to create: the cast first, then as many ordinary ones as asked for. */
export function conferencesToCreate(dice: Random, count: number): NewConference[] {
  const wanted = CAST.slice(0, count)
  for (let number = wanted.length + 1; number <= count; number++) {
    wanted.push({ name: `${dice.pick(TOPICS)} ${number}`, draw: dice.int(1, 20) })
  }
  return wanted
}
