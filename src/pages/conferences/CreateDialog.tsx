import { useAct } from '~/actions/act.ts'
import { roomTarget } from '~/derive/targets.ts'
import type { Room } from '~/domain/action.ts'
import { reasonOf, type Verdict } from '~/domain/capability.ts'
import { newUuid } from '~/util/uuid.ts'
import { RoomForm } from '../conference/RoomForm.tsx'

interface CreateDialogProps {
  readonly verdict: Verdict
  readonly onClose: () => void
}

const EMPTY: Room = { name: '', detail: '', timeout: 0 }

/** Asks what a new conference is to be called. Its id is chosen here, so that a lost answer does not make two of it. */
export function CreateDialog({ verdict, onClose }: CreateDialogProps) {
  const { submit } = useAct()
  return (
    <RoomForm
      title="New conference"
      saveLabel="Create"
      now={EMPTY}
      against={reasonOf(verdict)}
      check={({ name }) => (name === '' ? 'Give it a name first.' : undefined)}
      onSave={(room) =>
        submit({
          kind: 'create',
          targets: [roomTarget({ id: newUuid(), label: room.name })],
          input: { room },
        })
      }
      onClose={onClose}
    />
  )
}
