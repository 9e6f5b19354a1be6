import { useRef } from 'react'
import type { IdList } from '~/derive/id-list.ts'
import { exportFileName, exportParts, type ExportContext } from '~/derive/participant-export.ts'
import { announce } from '~/ui/announce.ts'
import { saveFile } from '~/ui/save-file.ts'
import { pause } from '~/util/pause.ts'
import type { Rows } from './use-rows.ts'

const TYPES = { csv: 'text/csv;charset=utf-8', json: 'application/json' } as const

/** Saves these rows as a file, part by part, so that the page goes on answering. A second export ends the first. */
export function useExport(ids: IdList, { exportedRowOf }: Rows) {
  const running = useRef<AbortController>(undefined)
  return async (context: ExportContext): Promise<void> => {
    running.current?.abort()
    const { signal } = (running.current = new AbortController())
    announce(`Exporting ${ids.length} rows…`)
    // The rows as they are now: what comes meanwhile is not in the file.
    const all = ids.slice()
    const rows = {
      length: all.length,
      slice: (start: number, end: number) =>
        all.slice(start, end).flatMap((id) => exportedRowOf(id) ?? []),
    }
    const parts: string[] = []
    for (const part of exportParts(rows, context)) {
      parts.push(part)
      await pause(0, signal)
      if (signal.aborted) return
    }
    saveFile(exportFileName(context.format, Date.now()), parts, TYPES[context.format])
    announce(`Exported ${all.length} rows`)
  }
}
