import { use, useId, useState } from 'react'
import { useAct } from '~/actions/act.ts'
import { controlVerdict } from '~/derive/controls.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { LANGUAGES, languageFor, LONGEST_TEXT, textProblem } from '~/derive/spoken-text.ts'
import { reasonOf } from '~/domain/capability.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'
import { TextField } from '~/ui/TextField.tsx'
import { useTargetOf } from '../use-target-of.ts'

interface SayDialogProps {
  readonly row: ParticipantRow
  readonly onClose: () => void
}

/** Asks for a text that is spoken to one participant. */
export function SayDialog({ row, onClose }: SayDialogProps) {
  const { submit } = useAct()
  const { mayNow } = use(RowActionsContext)
  const [text, setText] = useState('')
  const [language, setLanguage] = useState(() => languageFor(navigator.languages))
  const problem = textProblem(text)
  const target = useTargetOf()(row)
  return (
    <ConfirmDialog
      title={`Say a text to ${row.label}?`}
      confirmLabel="Say it"
      confirmTone="primary"
      disabledReason={reasonOf(mayNow(controlVerdict('say', row))) ?? problem}
      onConfirm={() =>
        submit({ kind: 'say', targets: [target], input: { text: text.trim(), language } })
      }
      onClose={onClose}
      more={
        <>
          <TextField
            isFirst
            lines={4}
            label="Text"
            value={text}
            onChange={setText}
            hint={hintOf(text, problem)}
            isWrong={text.length > LONGEST_TEXT}
          />
          <Language value={language} onChange={setLanguage} />
        </>
      }
    >
      <p>
        A voice speaks it to this caller, not to the others. It is spoken at once and cannot be
        taken back.
      </p>
      {row.participant.status === 'joining' && (
        <p className="mt-2 text-leaving">
          This call may not be answered yet: <strong>the text answers it</strong>, which may cost
          money.
        </p>
      )}
    </ConfirmDialog>
  )
}

const hintOf = (text: string, problem: string | undefined): string =>
  text.length > LONGEST_TEXT && problem ? problem : `${text.length} of ${LONGEST_TEXT} characters`

interface LanguageProps {
  readonly value: string
  readonly onChange: (language: string) => void
}

function Language({ value, onChange }: LanguageProps) {
  const id = useId()
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-muted">
        Language of the voice
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-7 rounded border border-edge bg-page px-2"
      >
        {LANGUAGES.map((code) => (
          <option key={code} value={code}>
            {NAMES.of(code)}
          </option>
        ))}
      </select>
    </div>
  )
}

const NAMES = new Intl.DisplayNames('en', { type: 'language' })
