import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { examplesPlugin } from './examples';
import { sessionOnly, startWith } from './storage';

const { endpoint, headers, tabs } = await (await fetch('/graphiql/tabs.json')).json();
const socket = new URL(endpoint, location.href);
socket.protocol = socket.protocol.replace('http', 'ws');

const fetcher = createGraphiQLFetcher({ url: endpoint, subscriptionUrl: socket.href });
const storage = sessionOnly(headers ?? undefined);
const examples = examplesPlugin(tabs);
const plugins = [examples, HISTORY_PLUGIN, explorerPlugin()];
if (tabs.length > 0) startWith(storage, tabs[0]);

createRoot(document.getElementById('root')).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storage}
    plugins={plugins}
    visiblePlugin={examples}
    defaultTabs={tabs.length ? tabs : undefined}
    defaultHeaders={headers ?? undefined}
    defaultEditorToolsVisibility="variables"
    inputValueDeprecation
    schemaDescription
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
  >
    <GraphiQL.Logo>registers</GraphiQL.Logo>
  </GraphiQL>,
);
