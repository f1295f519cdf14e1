// Runs before the first paint, so that a reader of the light theme never sees a dark flash. web/theme.ts keeps the choice.
(() => {
  let choice = 'dark';
  try {
    choice = localStorage.getItem('souk.theme') ?? 'dark';
  } catch {}
  const light = choice === 'light' || (choice === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
