import { Dialog } from '~/ui/Dialog.tsx'

/** What each key does, wherever the focus is but in a field or a dialog. */
const KEYS: ReadonlyArray<readonly [keys: readonly string[], does: string]> = [
  [['Ctrl K', '⌘ K'], 'Command menu: pages, conferences, actions'],
  [['/'], 'Go to the filter'],
  [['Alt ↓'], 'In the filter: suggestions'],
  [['↓', 'j'], 'Next row'],
  [['↑', 'k'], 'Previous row'],
  [['←', '→'], 'Controls of the row'],
  [['Page ↑', 'Page ↓', 'Home', 'End'], 'Move through the rows'],
  [['x', 'Space'], 'Select the row; with Shift and Space a range'],
  [['⏎'], 'Open the details of the row'],
  [['Del'], 'Ask whether to remove the participant of the row'],
  [['c'], 'Copy the participant of the row for a ticket'],
  [['u', 'Ctrl Z', '⌘ Z'], 'Undo the latest removal'],
  [['e'], 'Export the rows shown as CSV'],
  [['r'], 'Refresh now'],
  [['Esc'], 'Step back: suggestions, filter, selection, panel'],
  [['?'], 'This list'],
]

/** The keys of the app. */
export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Keys" onClose={onClose}>
    <table aria-label="Keys" className="w-full">
      <tbody>
        {KEYS.map(([keys, does]) => (
          <tr key={does} className="border-b border-line last:border-0">
            <th scope="row" className="py-1 pr-4 text-left align-top font-normal">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="mr-1 inline-block rounded border border-edge bg-raised px-1.5 text-xs"
                >
                  {key}
                </kbd>
              ))}
            </th>
            <td className="py-1">{does}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Dialog>
)
