import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Screen } from './Screen.tsx'

interface Props {
  readonly children: ReactNode
  /** A new value lets a crashed part try again: the page's address. */
  readonly resetKey: string
}

interface State {
  readonly error: Error | null
  readonly resetKey: string
}

/** Catches errors of Rollcall itself. React offers error boundaries as classes only. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error('Something that is not an error') }
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): Partial<State> | null {
    return resetKey === state.resetKey ? null : { error: null, resetKey }
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    console.error('Rollcall crashed', error, componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <Screen
        role="alert"
        title="Rollcall has a fault of its own"
        trace={error.toString()}
        actions={
          <>
            <Button tone="primary" onClick={() => this.setState({ error: null })}>
              Try again
            </Button>
            <Button onClick={() => globalThis.location.reload()}>Reload the page</Button>
          </>
        }
      >
        This part of the page could not be drawn. Nothing was changed on the server. If it happens
        again, report the line below.
      </Screen>
    )
  }
}
