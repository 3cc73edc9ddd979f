# docker build -t holdfast . && docker run -p 7420:7420 -v holdfast:/data holdfast

FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY scripts/setup.js scripts/
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY LICENSE ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 7420
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "dist/main.js", "health"]
# Inside a container every caller is remote: who may reach the port is decided by what publishes it.
CMD ["node", "dist/main.js", "serve", "--host", "0.0.0.0", "--port", "7420", "--dir", "/data", "--allow-remote"]
