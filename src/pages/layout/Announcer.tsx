import { useAnnouncement } from '~/ui/announce.ts'

/** The live region for announcements to screen readers. */
export function Announcer() {
  const { text, number } = useAnnouncement()
  return (
    <div role="status" className="sr-only">
      <span key={number}>{text}</span>
    </div>
  )
}
