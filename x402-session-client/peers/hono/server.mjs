// A Hono application behind the middleware of @x402/hono.
import { serve } from "@hono/node-server";
import { HTTPFacilitatorClient } from "@x402/core/server";
import { paymentMiddleware, x402ResourceServer } from "@x402/hono";
import { Hono } from "hono";
import { priced, quote, register } from "./session.cjs";

const [port, facilitatorUrl, payTo] = process.argv.slice(2);
const server = register(new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitatorUrl })), facilitatorUrl);
const app = new Hono();
app.use(paymentMiddleware({ "GET /quote": priced(payTo) }, server));
app.get("/quote", (context) => context.json(quote));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(port) }, () => console.log("READY"));
