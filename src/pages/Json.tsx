/** A value as the server sent it, formatted. */
export const Json = ({ value }: { value: unknown }) => (
  <pre className="overflow-x-auto rounded border border-line bg-raised p-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
    {JSON.stringify(value, null, 2)}
  </pre>
)
