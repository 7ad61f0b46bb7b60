import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { buttonClass } from '../components/button.tsx';
import { useDocumentTitle } from '../components/page.tsx';
import { EmptyState } from '../components/states.tsx';

export function NotFound() {
  useDocumentTitle('Not found');
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        icon={MapPinOff}
        title="There is no such page"
        heading="h1"
        actions={
          <Link to="/" className={buttonClass('primary')}>
            Go to Launch
          </Link>
        }
      >
        The address may be mistyped, or what was here is gone.
      </EmptyState>
    </main>
  );
}
