import { useSignedIn } from '../session.tsx';
import { useLocale, useText } from '../text.ts';
import { chooseTheme, type ThemeChoice, useTheme } from '../theme.ts';
import { Icon, Menu, type MenuItem } from '../ui/index.ts';
import { LEGAL } from './footer.tsx';

const THEMES: { choice: ThemeChoice; icon: 'moon' | 'sun' | 'gear' }[] = [
  { choice: 'dark', icon: 'moon' },
  { choice: 'light', icon: 'sun' },
  { choice: 'system', icon: 'gear' },
];

/** Language and looks, in place; for staff and creators on a phone also the ways that have no tab. */
export default function PreferencesMenu({ ways = [] }: { ways?: MenuItem[] }) {
  const { t } = useText();
  const [locale, setLocale] = useLocale();
  const theme = useTheme();
  const { me } = useSignedIn();
  const items: (MenuItem | 'line')[] = [
    ...ways,
    ...(ways.length > 0 ? (['line'] as const) : []),
    { label: 'Deutsch', icon: 'globe', chosen: locale === 'de', onSelect: () => setLocale('de') },
    { label: 'English', icon: 'globe', chosen: locale === 'en', onSelect: () => setLocale('en') },
    'line',
    ...THEMES.map(({ choice, icon }) => ({
      label: t(`shell.theme_${choice}`),
      icon,
      chosen: theme === choice,
      onSelect: () => chooseTheme(choice),
    })),
    ...(me ? (['line', { label: t('shell.settings'), icon: 'gear', to: '/settings' }] as const) : []),
    // Screens that are all picture have no foot: what the law wants in reach is here too.
    'line',
    ...LEGAL.map(([to, name]) => ({ label: t(name), to })),
  ];
  return (
    <Menu label={t('shell.preferences')} items={items} className="text-soft">
      <Icon name="menu" />
    </Menu>
  );
}
