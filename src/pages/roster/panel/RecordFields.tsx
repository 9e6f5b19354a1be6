import { parseTime, toMillis } from '~/domain/time.ts'
import type { WireRecord } from '~/domain/record.ts'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { useServerNow } from '~/ui/now.ts'
import { durationText, localText, utcText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'

/** Every field of a record by the server's own name: as sent, readable, and with a copy button. */
export function RecordFields({ record: { raw, problems } }: { record: WireRecord }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
      {Object.entries(raw).map(([field, value]) => (
        <FieldRow key={field} field={field} value={value} />
      ))}
      {problems.map(({ field, text }) => (
        <p key={field} className="col-span-2 text-leaving">
          Problem: {text}.
        </p>
      ))}
    </dl>
  )
}

function FieldRow({ field, value }: { field: string; value: unknown }) {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return (
    <>
      <dt className="text-muted">{visibleText(field)}</dt>
      <dd className="flex items-start justify-between gap-1">
        <span className="min-w-0 font-mono text-xs leading-5 wrap-anywhere">
          {visibleText(text)}
          {field.startsWith('tm_') && <TimeReadings raw={value} />}
        </span>
        <CopyButton text={text} what={field} />
      </dd>
    </>
  )
}

function TimeReadings({ raw }: { raw: unknown }) {
  const now = useServerNow()
  const at = parseTime(raw)
  if (at === 'unreadable') return <Reading>not a time</Reading>
  if (at === null) return <Reading>not yet</Reading>
  const millis = toMillis(at)
  const distance =
    millis > now ? `in ${durationText(millis - now)}` : `${durationText(now - millis)} ago`
  return (
    <>
      <Reading>{utcText(millis)} UTC</Reading>
      <Reading>{localText(millis)} local</Reading>
      <Reading>{distance}</Reading>
    </>
  )
}

const Reading = ({ children }: { children: React.ReactNode }) => (
  <span className="block font-sans text-muted">{children}</span>
)
