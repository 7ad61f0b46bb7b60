import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAppQueryClient } from './api/query-client.ts';
import { Toaster } from './components/toaster.tsx';
import { followSystemTheme } from './lib/theme.ts';
import { createAppRouter } from './router.tsx';

const queryClient = createAppQueryClient(() => {
  void router.navigate({ to: '/sign-in', search: { from: router.state.location.href } });
});
const router = createAppRouter(queryClient);
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');

followSystemTheme();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  </StrictMode>,
);
