import { createApp } from 'vue'
import App from './App.vue'
import { startMocks } from './mocks.js'

await startMocks()
createApp(App).mount('#app')
