const HISTORY = ['graphiql:queries', 'graphiql:favorites'];

/**
 * What GraphiQL keeps goes away with the browser tab: a query may hold a national id, and the
 * workstation may be shared. The history plugin would keep request headers as well, whatever
 * `shouldPersistHeaders` says; a token someone typed is replaced by the page's own headers.
 */
export function sessionOnly(headers) {
  const withPageHeaders = (name, value) => (name === 'headers' ? headers : value);
  return {
    getItem: (key) => sessionStorage.getItem(key),
    setItem(key, text) {
      const kept = HISTORY.includes(key) ? JSON.stringify(JSON.parse(text, withPageHeaders)) : text;
      sessionStorage.setItem(key, kept);
    },
    removeItem: (key) => sessionStorage.removeItem(key),
    clear: () => sessionStorage.clear(),
    get length() {
      return sessionStorage.length;
    },
  };
}

/**
 * On the first visit of a session, say what the editors hold. GraphiQL itself fills the query of
 * the first default tab and leaves its variables empty, and opens one tab more on the next reload.
 */
export function startWith(storage, { query, variables }) {
  if (storage.getItem('graphiql:tabState') !== null) return;
  storage.setItem('graphiql:query', query);
  storage.setItem('graphiql:variables', variables ?? '');
}
