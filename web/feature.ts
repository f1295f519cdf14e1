import type { ComponentType, LazyExoticComponent } from 'react';

/** One screen of a feature. `web/features/<room>/routes.tsx` exports `routes: FeatureRoute[]`; routes.tsx collects them. */
export interface FeatureRoute {
  /** TanStack Router's notation: `/wallet`, `/live/$id`, `/@{$handle}`. */
  path: string;
  /** `lazy(() => import('./wallet_page.tsx'))`: a screen is loaded when it is gone to. */
  component: LazyExoticComponent<ComponentType>;
  /** The text id of its name in the browser's tab, until the page names itself. */
  title: string;
  /**
   * `page` (default): header, footer, bars. `stage`: a screen that is all picture; on a phone nothing stands around it.
   * `feed`: all picture, with the tabs below it on a phone.
   * `bare`: nothing at all stands around it, for pictures inside other pictures.
   */
  frame?: 'page' | 'stage' | 'feed' | 'bare';
}

/** What `web/features/people/sign_in_sheet.tsx` exports as its default: the sheet's content and its `Sheet`. */
export interface SignInSheetProps {
  open: boolean;
  onClose: () => void;
  /** Call once the session's cookie is set; the interrupted deed then completes. */
  onSignedIn: () => Promise<void>;
}
