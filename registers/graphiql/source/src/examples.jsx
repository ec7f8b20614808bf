import './examples.css';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';

/** A pane that lists the operations of the contract by the job they do; a click opens one. */
export function examplesPlugin(operations) {
  function Examples() {
    const state = useGraphiQL(({ tabs, queryEditor, variableEditor }) => ({
      tabs,
      queryEditor,
      variableEditor,
    }));
    const { addTab, changeTab } = useGraphiQLActions();

    function open({ query, variables }) {
      const untouched = state.tabs.findIndex((tab) => tab.query === query);
      if (untouched >= 0) return changeTab(untouched);
      addTab();
      state.queryEditor.setValue(query);
      state.variableEditor.setValue(variables ?? '');
    }

    return (
      <section className="examples" aria-label="Examples">
        <h2>Examples</h2>
        <ol>
          {operations.map((operation) => (
            <li key={operation.title}>
              <button type="button" onClick={() => open(operation)}>
                {operation.title}
              </button>
            </li>
          ))}
        </ol>
      </section>
    );
  }
  return { title: 'Examples', icon: Icon, content: Examples };
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M9 6h11M9 12h11M9 18h11" />
      <path d="M4 6h.5M4 12h.5M4 18h.5" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  );
}
