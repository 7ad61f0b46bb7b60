import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FileCode2, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { answerOf, api } from '../../data/client.ts';
import type { Session } from '../../data/types.ts';
import { words } from '../../lib/format.ts';
import { chooseTheme, themeChoices, useThemeChoice } from '../../lib/theme.ts';
import type { ThemeChoice } from '../../lib/theme.ts';
import { toastError } from '../../lib/toasts.ts';
import {
  Menu,
  MenuGroup,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
} from '../menu.tsx';
import { AccountButton } from './account.tsx';

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

/** The account, the theme, and the way out. */
export function AccountMenu({ session }: { session: Session }) {
  const theme = useThemeChoice();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => answerOf(api.session.$delete()),
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    },
    onError: (error) => toastError('You are still signed in', error),
  });
  return (
    <Menu side="top" align="start" defaultOpen trigger={<AccountButton session={session} />}>
      <div className="px-2.5 pt-1.5 pb-2 text-xs text-ink-muted">
        {session.user?.email}
        <span className="block text-ink-faint">{words(session.role)}</span>
      </div>
      <MenuSeparator />
      <MenuGroup>
        <MenuLabel>Theme</MenuLabel>
        <MenuRadioGroup value={theme} onValueChange={(choice: ThemeChoice) => chooseTheme(choice)}>
          {themeChoices.map((choice) => {
            const Icon = themeIcons[choice];
            return (
              <MenuRadioItem key={choice} value={choice}>
                <Icon aria-hidden />
                {words(choice)}
              </MenuRadioItem>
            );
          })}
        </MenuRadioGroup>
      </MenuGroup>
      <MenuSeparator />
      <MenuItem render={<a href="/docs" target="_blank" rel="noreferrer" />}>
        <FileCode2 aria-hidden />
        API reference
      </MenuItem>
      <MenuItem onClick={() => signOut.mutate()}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}
