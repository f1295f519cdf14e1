import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { messages } from './messages_plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * The web app is the only bundled part of the house. Nothing inline leaves this build (no polyfill script, no inlined
 * asset), so that it runs under a Content-Security-Policy without 'unsafe-inline'.
 */
export default defineConfig({
  root,
  publicDir: 'public',
  plugins: [react(), tailwindcss(), messages(root)],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: { '/api': { target: `http://localhost:${process.env.SOUK_API_PORT ?? 3000}`, ws: true } },
  },
});
