import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { currentRoster, takeFacts } from '~/cache/roster.ts'
import { canRemove } from '~/domain/capability.ts'
import { hasLeft } from '~/domain/participant-status.ts'
import { explain, traceOf } from '~/derive/explain.ts'
import { notify } from '~/ui/notices.ts'
import { deleteParticipant, getParticipant } from '~/wire/participants.ts'
import { removalId, REMOVE } from './requested-removals.ts'

/** Whom to remove, and what they are called in what we say about it. */
export interface Removal {
  readonly id: string
  readonly label: string
}

/**
 * Removes one participant. Until the server has answered, their id is in `useRequestedRemovals`; the roster
 * itself changes only by what the server says.
 */
export function useRemoveParticipant(): (removal: Removal) => void {
  const client = useQueryClient()
  const { mutate } = useMutation({
    mutationKey: REMOVE,
    mutationFn: (removal: Removal) => remove(client, removal),
  })
  return (removal) => {
    const verdict = verdictNow(client, removal.id)
    if (verdict.allowed) mutate(removal)
    else notify({ title: `${removal.label} was not removed`, text: verdict.reason, trace: '' })
  }
}

function verdictNow(client: QueryClient, id: string) {
  const pending = client.isMutating({
    mutationKey: REMOVE,
    predicate: ({ state }) => removalId(state.variables) === id,
  })
  return canRemove(currentRoster(client).held.get(id)?.participant, pending > 0)
}

/** Never throws: whatever happened is merged, and told if it was not what was asked for. */
async function remove(client: QueryClient, { id, label }: Removal): Promise<void> {
  try {
    const answer = await deleteParticipant(id)
    takeFacts(client, [answer])
    if (answer.status === 'leaving' || hasLeft(answer.status)) return
    const text = `The server took the request but says “${answer.status}”.`
    notify({ title: `${label} is not being removed`, text, trace: '' })
  } catch (error) {
    notify({ ...(await whatHappened(client, id, label, error)), trace: traceOf(error) })
  }
}

/** After any failure the record may have changed all the same (voipbin-api.md 4.3): look, then speak. */
async function whatHappened(
  client: QueryClient,
  id: string,
  label: string,
  error: unknown,
): Promise<{ title: string; text: string }> {
  const why = explain(error)
  const said = `The server's answer to the removal: ${why.title}.`
  try {
    const now = await getParticipant(id)
    takeFacts(client, [now])
    if (hasLeft(now.status)) return { title: `${label} has left`, text: said }
    if (now.status === 'leaving') {
      const text = `${said} The record says leaving, but the disconnect may have failed: watch the row.`
      return { title: `Removal of ${label} is not confirmed`, text }
    }
    return {
      title: `${label} was not removed`,
      text: `${said} The record still says ${now.status}.`,
    }
  } catch (again) {
    const text = `${said} Looking again failed too: ${explain(again).title}.`
    return { title: `Whether ${label} was removed is not known`, text }
  }
}
