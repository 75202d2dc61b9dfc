# The mock server as a container: docker build --tag proforma . && docker run --publish 127.0.0.1:4010:4010 proforma serve stuut --host 0.0.0.0
FROM node:24-slim AS build
WORKDIR /source
COPY . .
RUN npm ci && npm run build && npm pack --ignore-scripts --pack-destination /tmp

FROM node:24-slim
COPY --from=build /tmp/proforma-*.tgz /tmp/
RUN npm install --global --ignore-scripts /tmp/proforma-*.tgz && rm /tmp/proforma-*.tgz && npm cache clean --force
USER node
WORKDIR /home/node
EXPOSE 4010
HEALTHCHECK --interval=10s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:4010/__proforma').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["proforma"]
CMD ["serve", "--host", "0.0.0.0"]
