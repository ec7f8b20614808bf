export default {
  base: '/graphiql/', // absolute: the page itself is /graphiql, with no slash at the end
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 4000, // kB; the editor is one large chunk
    license: { fileName: 'licences.md' }, // the notices the bundled licences ask to be passed on
    rolldownOptions: { checks: { moduleLevelDirective: false } }, // "use client" means nothing here
  },
};
