/** The states that are not final. */
export const OPEN = "('queued', 'signed', 'sent')";

/** The tables of a wallet's object. `news`: whether the database must still be updated. */
export const TABLES = `
  CREATE TABLE IF NOT EXISTS orders (key TEXT NOT NULL, reward INTEGER NOT NULL, try INTEGER NOT NULL, token TEXT NOT NULL, recipient TEXT NOT NULL,
    units TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, nonce INTEGER, hash TEXT, block INTEGER, news INTEGER NOT NULL, PRIMARY KEY (key, try));
  CREATE INDEX IF NOT EXISTS orders_open ON orders (state) WHERE state IN ${OPEN};
  CREATE INDEX IF NOT EXISTS orders_news ON orders (reward) WHERE news = 1;
  CREATE UNIQUE INDEX IF NOT EXISTS orders_nonce ON orders (nonce) WHERE nonce IS NOT NULL;
  CREATE TABLE IF NOT EXISTS signed (hash TEXT PRIMARY KEY, nonce INTEGER NOT NULL, raw TEXT NOT NULL, gas TEXT NOT NULL,
    max_fee TEXT NOT NULL, tip TEXT NOT NULL, at INTEGER NOT NULL, sent_at INTEGER);
  CREATE INDEX IF NOT EXISTS signed_nonce ON signed (nonce);`;
