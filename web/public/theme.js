// Sets the theme before the first paint. The rest of it is src/lib/theme.ts; the key is the same.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem('leadway.theme');
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
}
