#!/bin/sh
# Becomes workerd, and leaves a watchdog behind that ends it once the Node process that started it is gone, even by kill
# -9: an orphan would hold the port and the database. WORKERD names the binary to run, WORKERD_PID_FILE the file that
# gets its process id.
node=$PPID
(
  while kill -0 "$node" && kill -0 $$; do sleep 1; done
  kill -0 "$node" || kill -9 $$
) </dev/null >/dev/null 2>&1 3>&- &
[ -z "$WORKERD_PID_FILE" ] || echo $$ >"$WORKERD_PID_FILE"
exec "$WORKERD" "$@"
