import './old-web-views.ts';
import './host/arrival.ts';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router.ts';
import { start } from './shell/start.ts';
import { useSettings } from './stores/settings.ts';
import './styles/index.css';

const app = createApp(App);
app.use(createPinia());
useSettings();
app.use(router);
app.mount('#app');
void start();
