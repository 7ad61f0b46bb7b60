import { Link } from '@tanstack/react-router';
import { navigation } from '../../lib/navigation.ts';
import { Account } from './account.tsx';
import { LiveIndicator } from './live-indicator.tsx';
import { Logo } from './logo.tsx';

/** The navigation, as the sidebar of a wide screen and as the drawer of a narrow one. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  return (
    <div className="flex h-full flex-col">
      <Link to="/" onClick={onNavigate} className="mx-2 rounded-lg px-2 py-1.5" aria-label="Leadway, home">
        <Logo />
      </Link>
      <nav aria-label="Main" className="mt-5 flex-1 px-2">
        <ul className="space-y-0.5">
          {navigation.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to}
                onClick={onNavigate}
                activeOptions={{ exact: to === '/' }}
                className="flex h-9 items-center gap-3 rounded-lg px-2.5 text-sm font-medium text-ink-muted transition-colors hover:bg-sunken hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:text-accent-strong"
              >
                <Icon className="size-[18px]" aria-hidden />
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="space-y-1 px-2">
        <LiveIndicator />
        <Account />
      </div>
    </div>
  );
}
