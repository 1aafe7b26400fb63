// A server of @x402/express that is paid by exact on Stellar, through the facilitator that it is given. Arguments: a port, the
// facilitator and the account that is paid; the facilitator's key is in KEY.
import { HTTPFacilitatorClient } from "@x402/core/server";
import { paymentMiddleware, x402ResourceServer } from "@x402/express";
import { ExactStellarScheme } from "@x402/stellar/exact/server";
import express from "express";

const network = "stellar:testnet";
const [port, url, payTo] = process.argv.slice(2);

const headers = { Authorization: `Bearer ${process.env.KEY}` };
const facilitator = new HTTPFacilitatorClient({ url, createAuthHeaders: async () => ({ verify: headers, settle: headers, supported: headers }) });
const server = new x402ResourceServer(facilitator).register(network, new ExactStellarScheme());
const priced = {
	accepts: { scheme: "exact", network, price: "$0.01", payTo },
	description: "A line to think about",
	mimeType: "application/json",
};

const app = express();
app.disable("x-powered-by");
app.use(paymentMiddleware({ "GET /quote": priced }, server));
app.get("/quote", (request, response) => response.json({ quote: "A penny saved is a penny earned." }));
app.listen(Number(port), "127.0.0.1", () => console.log("READY"));
