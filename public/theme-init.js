// Before the first paint, so that nobody who chose a theme sees the other one flash. See src/ui/theme.ts.
try {
  const theme = localStorage.getItem('rollcall.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // A browser that forbids storage gets the theme of the system.
}
