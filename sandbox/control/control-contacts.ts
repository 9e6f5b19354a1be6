import { contactOnWire } from '../http/contacts.ts'
import { json, ok, type Exchange, type Reply } from '../http/reply.ts'
import type { Tenant } from '../http/tenants.ts'
import { addContact as write } from '../world/contacts.ts'
import { Input } from './input.ts'

/** The contacts of a tenant (README.md, Contacts). */
export function getContacts(tenant: Tenant): Reply {
  const contacts = [...tenant.world.contacts.values()]
  return ok({ contacts: contacts.map((contact) => contactOnWire(contact, tenant)) })
}

/** Adds a contact, in place of the one that its number had (README.md, Contacts). */
export function addContact(tenant: Tenant, request: Exchange): Reply {
  const input = Input.parse(request.body)
  const fields = {
    phone: input.requiredString('phone'),
    displayName: input.string('display_name') ?? '',
    firstName: input.string('first_name') ?? '',
    lastName: input.string('last_name') ?? '',
    company: input.string('company') ?? '',
  }
  input.done()
  return json(201, contactOnWire(write(tenant.world, fields), tenant))
}
