/** Whether an answer is a redirect that was not followed (`redirect: 'manual'`). Browsers hide its status. */
export const isRedirect = ({ type, status }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400)
