import { Link, Outlet } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';

const tabs = [
  { to: '/settings/numbers', label: 'Numbers' },
  { to: '/settings/dispositions', label: 'Dispositions' },
  { to: '/settings/fields', label: 'Custom fields' },
  { to: '/settings/do-not-call', label: 'Do not call' },
  { to: '/settings/consent', label: 'Consent' },
] as const;

/** What an organisation sets up once, by subject. */
export function SettingsPage() {
  return (
    <Page title="Settings" narrow>
      <nav
        aria-label="Settings"
        className="relative -mx-4 mb-5 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0"
      >
        <ul className="flex gap-1">
          {tabs.map(({ to, label }) => (
            <li key={to}>
              <Link
                to={to}
                className="-mb-px block rounded-t-md border-b-2 border-transparent px-3 py-2 text-sm font-medium whitespace-nowrap text-ink-muted -outline-offset-2 hover:text-ink data-[status=active]:border-accent data-[status=active]:text-accent-strong"
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Outlet />
    </Page>
  );
}
