/**
 * The floor: a Worker without a framework that does the minimum for each path. The statements of a signup are bindings
 * (bench/least.ts).
 */
const CODES = `INSERT INTO coupons (campaign_id, code, code_key)
  SELECT 1, value, lower(value) FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;
/** As many as fit in one D1 parameter of 2 MB. */
const CODES_PER_STATEMENT = 20_000;

async function signUp({ email, name }, env) {
  const id = `evt_${crypto.randomUUID()}`;
  const now = Date.now();
  await env.DB.batch([
    env.DB.prepare(env.PARTICIPANT).bind(email, name, now, id),
    env.DB.prepare(env.EVENT).bind(id, now),
    env.DB.prepare(env.COUNTER),
  ]);
  return Response.json({ success: true, data: { id } }, { status: 201 });
}

export default {
  async fetch(request, env, ctx) {
    switch (new URL(request.url).pathname) {
      case "/constant":
        return new Response(env.CONSTANT, { headers: { "Content-Type": "application/json" } });
      case "/signups":
        return signUp(await request.json(), env);
      case "/announced-signups": {
        const person = await request.json();
        const answer = await signUp(person, env);
        // Like the product, it responds without waiting for the queue.
        ctx.waitUntil(env.DELIVERIES.send(person));
        return answer;
      }
      case "/coupons": {
        const { codes } = await request.json();
        const parts = [];
        for (let from = 0; from < codes.length; from += CODES_PER_STATEMENT)
          parts.push(env.DB.prepare(CODES).bind(JSON.stringify(codes.slice(from, from + CODES_PER_STATEMENT))));
        await env.DB.batch(parts);
        return Response.json({ success: true }, { status: 201 });
      }
      default:
        return new Response(null, { status: 404 });
    }
  },
  async queue({ messages }, env) {
    await Promise.all(
      messages.map(({ body }) => fetch(env.RECEIVER, { method: "POST", body: JSON.stringify({ data: body }) })),
    );
  },
};
