import { inject } from 'vitest'
import { describeContract } from '../../contracts/vitest.ts'

for (const { api, options } of inject('servers')) describeContract(api, (request) => fetch(request), options)
