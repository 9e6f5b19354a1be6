import type { JsonObject } from '../world/json.ts'
import type { Contact } from '../world/records.ts'
import { failures } from './failures.ts'
import { ok, type Reply } from './reply.ts'
import { requireManager } from './resources.ts'
import type { Scene } from './scene.ts'
import type { Tenant } from './tenants.ts'
import { wireTime } from './wire-time.ts'
import { nullableTime } from './wire.ts'

/**
 * GET /v1.0/contacts/lookup: by the number exactly as it was stored (voipbin-api.md 15). In a query an unescaped plus
 * is a blank, so such a number matches nothing. No contact here has an e-mail address.
 */
export function lookUpContact({ tenant, identity, request }: Scene): Reply {
  const phone = request.query.get('phone') ?? ''
  const email = request.query.get('email') ?? ''
  if (phone === '' && email === '')
    throw failures.invalidArgument('At least one of phone or email must be provided.')
  requireManager(identity, tenant)
  const contact = tenant.world.contacts.get(phone)
  if (contact === undefined) throw failures.notFound('CONTACT_NOT_FOUND')
  return ok(contactOnWire(contact, tenant))
}

/** A contact; names are sent when they are empty, too (voipbin-api.md 15). */
export function contactOnWire(contact: Contact, { id, timeFormat }: Tenant): JsonObject {
  const created = wireTime(contact.created, timeFormat)
  return {
    id: contact.id,
    customer_id: id,
    first_name: contact.firstName,
    last_name: contact.lastName,
    display_name: contact.displayName,
    company: contact.company,
    job_title: '',
    source: 'manual',
    external_id: '',
    addresses: [
      {
        // One address each, so the id of its contact is free to be taken.
        id: contact.id,
        customer_id: id,
        contact_id: contact.id,
        type: 'tel',
        target: contact.phone,
        is_primary: true,
        tm_create: created,
      },
    ],
    tm_create: created,
    tm_update: nullableTime(null, timeFormat),
    tm_delete: nullableTime(null, timeFormat),
  }
}
