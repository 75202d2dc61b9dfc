import { inject } from 'vitest'
import { describeContract } from '../vitest.ts'

for (const { api, options } of inject('servers')) describeContract(api, (request) => fetch(request), options)
