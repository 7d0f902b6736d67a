import type { IncomingMessage } from "node:http";
import { ApiRefusal } from "../demo/api.ts";
import { checkoutPage, orderPage, thanksPage } from "./order-pages.ts";
import { BAGS, buy, newOrderNumber, orderOf, refund, type Till } from "./till.ts";

type Answer = { status: number; html?: string; headers?: Record<string, string> };

const shown = (html: string, status = 200): Answer => ({ status, html });
const goTo = (path: string): Answer => ({ status: 303, headers: { Location: path } });

const BODY_MAX_BYTES = 10_000;

/** Whether the API refused a visitor's input or request. */
const isRefusal = (error: unknown): error is ApiRefusal => error instanceof ApiRefusal && error.status < 429;

/** The shop's server: its checkout, its orders, and their returns. Null for other pages. */
export async function answerOrder(till: Till, request: IncomingMessage, url: URL): Promise<Answer | null> {
  const { pathname, searchParams } = url;
  const isPost = request.method === "POST";
  const [, id, action] = /^\/orders\/(\d{1,15})(\/refund)?$/.exec(pathname) ?? [];
  try {
    if (pathname === "/thanks") return shown(thanksPage());
    if (pathname === "/checkout") return isPost ? checkOut(till, request) : checkoutOf(searchParams);
    if (id === undefined) return null;
    if (!action) return shown(orderPage(await orderOf(till, Number(id))));
    if (!isPost) return null;
    await refund(till, Number(id), (await formOf(request)).get("part") ?? "rest");
    return goTo(`/orders/${id}`);
  } catch (error) {
    if (isRefusal(error) && error.status === 404) return null;
    throw error;
  }
}

const bagOf = (form: URLSearchParams) => BAGS.find(({ id }) => id === form.get("bag"));

function checkoutOf(query: URLSearchParams): Answer | null {
  const bag = bagOf(query);
  return bag ? shown(checkoutPage({ number: newOrderNumber(), bag })) : null;
}

async function checkOut(till: Till, request: IncomingMessage): Promise<Answer | null> {
  const form = await formOf(request);
  const bag = bagOf(form);
  if (!bag) return null;
  const field = (name: string) => (form.get(name) ?? "").trim();
  const typed = { bag, email: field("email"), checkout_code: field("checkout_code") };
  const number = /^TC-[0-9A-F]{8}$/.test(field("number")) ? field("number") : newOrderNumber();
  try {
    const id = await buy(till, { ...typed, number, referral: referralOf(request) });
    return goTo(id === null ? "/thanks" : `/orders/${id}`);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const problem = error.status === 404 ? "Nobody has this code. Check it, or leave the field empty." : error.said;
    return shown(checkoutPage({ ...typed, number, problem }), 400);
  }
}

/** The code of the link that brought the visitor. */
function referralOf(request: IncomingMessage) {
  const [, value = ""] = /(?:^|; )ref=([^;]*)/.exec(request.headers.cookie ?? "") ?? [];
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}

async function formOf(request: IncomingMessage) {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > BODY_MAX_BYTES) throw new Error("The form is too large.");
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString());
}
