import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ApiError, answerOf, api } from '../../data/client.ts';
import { sessionQuery } from '../../data/queries.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { useDocumentTitle } from '../../components/page.tsx';
import { Logo } from '../../components/shell/logo.tsx';
import { JourneySketch } from './journey-sketch.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  useDocumentTitle('Sign in');
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <main className="flex flex-col justify-center px-6 py-12 sm:px-12">
        <div className="mx-auto w-full max-w-sm">
          <Logo />
          <h1 className="mt-10 text-2xl font-semibold tracking-tight">Sign in</h1>
          <p className="mt-1 text-sm text-ink-muted">Your campaigns kept going while you were away.</p>
          <SignInForm />
        </div>
      </main>
      <aside aria-hidden className="hidden border-l border-line bg-sunken lg:grid lg:place-items-center">
        <JourneySketch />
      </aside>
    </div>
  );
}

function SignInForm() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { from } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const signIn = useMutation({
    mutationFn: () => answerOf(api.session.$post({ json: { email: email.trim(), password } })),
    onSuccess: async () => {
      queryClient.clear();
      // Read afresh rather than taken from the answer: it proves that the cookie was accepted.
      await queryClient.fetchQuery(sessionQuery);
      router.history.push(from?.startsWith('/') && !from.startsWith('//') ? from : '/');
    },
  });
  const error = signIn.error instanceof ApiError ? signIn.error : null;
  const atField = error?.at('email') ?? error?.at('password') ?? null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-7 space-y-4" noValidate>
      <TextField
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={error?.at('email')}
      />
      <TextField
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={error?.at('password')}
      />
      {signIn.error && atField === null ? (
        <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2.5 text-[13px] text-bad">
          {signIn.error.message}
          {error?.requestId && error.status >= 500 ? ` (request ${error.requestId})` : null}
        </p>
      ) : null}
      <Button type="submit" variant="primary" size="lg" className="w-full" busy={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}
