import { lazy, Suspense } from 'react';

export interface ToastNote {
  title: string;
  text?: string;
  tone?: 'plain' | 'good' | 'bad';
  /** One deed that follows from it: "Undo", "Open receipt". */
  action?: { label: string; onPress: () => void };
}

const load = () => import('./toasts.tsx');
const Place = lazy(load);

/** Says what has just happened, in passing. Nothing may be said only here: what matters also stands on the page. */
export function toast(note: ToastNote): void {
  void load().then(async ({ ready, show }) => {
    await ready;
    show(note);
  });
}

/** Where toasts appear. Loaded after the first screen. */
export function ToastPlace() {
  return (
    <Suspense fallback={null}>
      <Place />
    </Suspense>
  );
}
