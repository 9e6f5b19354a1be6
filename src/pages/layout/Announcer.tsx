import { useAnnouncement } from '~/ui/announce.ts'

/** The region of the page that screen readers are told things by. */
export function Announcer() {
  const { text, number } = useAnnouncement()
  return (
    <div role="status" className="sr-only">
      <span key={number}>{text}</span>
    </div>
  )
}
