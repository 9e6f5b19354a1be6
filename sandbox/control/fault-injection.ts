import type { Exchange } from '../http/reply.ts'
import type { Tenant } from '../http/tenants.ts'
import { takeFault, type Fault, type FaultPlan } from './faults.ts'
import type { RequestWeather } from './weather.ts'

/** The faults of one tenant's requests. */
export interface Injection {
  /** Faults ordered through the control path, in that order. */
  readonly ordered: Fault[]
  /** Random faults; those of frames are in the tenant's `PushState`. */
  weather: RequestWeather | undefined
}

/** The faults of all tenants. */
export class FaultInjection {
  readonly #byTenant = new WeakMap<Tenant, Injection>()

  /** The faults of one tenant, made when first needed. */
  of(tenant: Tenant): Injection {
    const known = this.#byTenant.get(tenant)
    if (known !== undefined) return known
    const made: Injection = { ordered: [], weather: undefined }
    this.#byTenant.set(tenant, made)
    return made
  }

  /** Takes the fault that hits this request; faults that were ordered come before random ones. */
  take(tenant: Tenant, request: Exchange): FaultPlan | undefined {
    const { ordered, weather } = this.of(tenant)
    return takeFault(ordered, request) ?? weather?.fault(request)
  }
}
