import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

const here = import.meta.dirname;
const repository = `${here}/..`;

/** The API that the development server forwards to: the same `PORT` that the API listens on. */
function apiUrl(mode: string): string {
  const { PORT = '3000' } = loadEnv(mode, repository, 'PORT');
  return `http://127.0.0.1:${PORT}`;
}

export default defineConfig(({ mode }) => {
  const target = apiUrl(mode);
  return {
    root: here,
    plugins: [react(), tailwindcss()],
    build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2022' },
    server: {
      port: 5173,
      proxy: { '/v1': target, '/docs': target, '/openapi.json': target },
    },
  };
});
