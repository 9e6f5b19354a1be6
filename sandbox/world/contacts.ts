import { AWKWARD_CALLERS, makeName } from './people.ts'
import { remoteParty, type Contact } from './records.ts'
import type { World } from './world.ts'

/** The most contacts that a fresh world has. */
const FEW = 12

/** Writes a contact; the last one of a number stands. */
export function addContact(
  world: World,
  fields: Pick<Contact, 'phone'> & Partial<Omit<Contact, 'id' | 'created'>>,
): Contact {
  const contact: Contact = {
    firstName: '',
    lastName: '',
    displayName: '',
    company: '',
    ...fields,
    id: world.contactIds.uuid(),
    created: world.now,
  }
  world.contacts.set(contact.phone, contact)
  return contact
}

/** Gives every other caller without a name, newest first, a contact, up to a few. */
export function addContacts(world: World): void {
  const dice = world.contactDice
  for (const call of world.calls.all().toReversed()) {
    if (world.contacts.size >= FEW) return
    const remote = remoteParty(call)
    const { type, target, target_name: name } = remote
    // An awkward caller is there because it has no name at all.
    if (type !== 'tel' || target === undefined || name || AWKWARD_CALLERS.includes(remote)) continue
    if (!dice.chance(0.5)) continue
    const [firstName, lastName] = makeName(dice)
    // Some address books fill in one field only, some the other two.
    const displayName = dice.chance(0.5) ? `${firstName} ${lastName}` : ''
    addContact(world, { phone: target, firstName, lastName, displayName })
  }
}
