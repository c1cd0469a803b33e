# One image for every role: docker build --tag within .
FROM node:20-bookworm-slim
WORKDIR /within
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY . .
# Bundled here, once: a container may have a file system that it cannot write.
RUN node launcher/start.cjs join --help > /dev/null && mkdir /results && chown node: /results
USER node
ENTRYPOINT ["node", "launcher/start.cjs"]
CMD ["cluster", "configs/5nodes.txt", "--folder", "/results"]
