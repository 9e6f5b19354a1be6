import { useState } from 'react'
import { useAct } from '~/actions/act.ts'
import { roomTarget } from '~/derive/targets.ts'
import { permits, reasonOf } from '~/domain/capability.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'
import { TextField } from '~/ui/TextField.tsx'
import { countryName } from '~/util/country-name.ts'
import type { dialNumber } from '~/util/phone-number.ts'
import { visibleText } from '~/util/visible-text.ts'
import { useMayNow, usePermission } from '../permission.ts'
import { phoneCode } from '../phone-code.ts'
import { readDial } from './read-dial.ts'

interface DialDialogProps {
  readonly conferenceId: string
  /** Safe to show. */
  readonly conferenceLabel: string
  /** The name of the called party, safe to show; empty where it is not known. */
  readonly name: string
  readonly number: string
  /** The number that calls. */
  readonly source: string
  readonly onClose: () => void
}

/** Asks for a number to call into a conference. */
export function DialDialog(props: DialDialogProps) {
  return <DialForm {...props} toDialNumber={phoneCode.useCode().dialNumber} />
}

interface DialFormProps extends DialDialogProps {
  readonly toDialNumber: typeof dialNumber
}

function DialForm(props: DialFormProps) {
  const { conferenceId, conferenceLabel, name, toDialNumber, onClose } = props
  const { submit } = useAct()
  const [number, setNumber] = useState(props.number)
  const [source, setSource] = useState(props.source)
  const read = readDial(number, source, toDialNumber)
  const may = useMayNow()(permits('dial', usePermission()))
  const label = number === props.number && name ? name : read.text
  return (
    <ConfirmDialog
      title={name ? `Call ${name} back?` : `Call a number into ${conferenceLabel}?`}
      confirmLabel="Call"
      confirmTone="primary"
      disabledReason={reasonOf(may) ?? read.problem}
      onConfirm={() =>
        submit({
          kind: 'dial',
          targets: [
            {
              ...roomTarget({ id: conferenceId, label: conferenceLabel, status: 'progressing' }),
              label: visibleText(label),
              number: read.number,
            },
          ],
          input: { number: read.number, source: read.source },
        })
      }
      onClose={onClose}
      more={
        <>
          <TextField label="Number or SIP address" value={number} onChange={setNumber} isFirst />
          <TextField label="Calls from (a number of yours)" value={source} onChange={setSource} />
          <p role="status" className={read.problem ? 'text-leaving' : 'text-muted'}>
            {read.problem ?? (
              <>
                Calls <bdi>{visibleText(read.text)}</bdi>
                {read.country !== null && `, ${countryName(read.country)}`}.
              </>
            )}
          </p>
        </>
      }
    >
      <p>
        The platform places an outgoing call, which is <strong>charged to your account</strong> as
        soon as it is answered. It is placed once and never repeated by itself. Whoever answers
        joins {conferenceLabel}.
      </p>
    </ConfirmDialog>
  )
}
