import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Toaster } from './components/toaster.tsx';
import { createAppQueryClient, watchSession } from './data/query-client.ts';
import { followSystemTheme } from './lib/theme.ts';
import { createAppRouter } from './router.tsx';

const queryClient = createAppQueryClient();
const router = createAppRouter(queryClient);
watchSession(queryClient, () => {
  void router.navigate({ to: '/sign-in', search: { from: router.state.location.href } });
});
followSystemTheme();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  </StrictMode>,
);
