// A Hono application behind the middleware of @x402/hono.
import { serve } from "@hono/node-server";
import { paymentMiddleware } from "@x402/hono";
import { Hono } from "hono";
import { port, priced, quote, server } from "./session.cjs";

const app = new Hono();
app.use(paymentMiddleware({ "GET /quote": priced }, server));
app.get("/quote", (context) => context.json(quote));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, () => console.log("READY"));
